"""Commission and engine compared; preselections that passed the rank over."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy.orm import Session

from db.queries import quality as queries
from db.queries.statistics import Scope
from domain.enums import DecisionOutcome
from domain.records.quality import AgainstRank, Agreement, MonthShare, OrderAgreement
from domain.texts import N_, Sentence
from services.statistics.agreement import Item, Judged, correlation, correlation_interval
from services.statistics.quality_rules import Rules, share_of

TOO_FEW = N_("Too few cases in this period to be told: {cases}")


def read_items(session: Session, scope: Scope) -> list[Item]:
    """What the commission decided in the period, the candidates of each list in rank order."""
    found: dict[int, tuple[str, list[Judged]]] = {}
    for shortlist, month, outcome, votes_for, votes_against in queries.list_judged(session, scope):
        judged = Judged(outcome is DecisionOutcome.APPROVED, votes_for - votes_against)
        found.setdefault(shortlist, (month, []))[1].append(judged)
    return [Item(month, tuple(candidates)) for month, candidates in found.values()]


def agreement(items: Sequence[Item], rules: Rules) -> Agreement:
    """Of the approved, those whom the engine had put first."""
    chosen = [item for item in items if item.has_choice]
    hits = sum(item.hits for item in chosen)
    approved = sum(item.approved for item in chosen)
    share = share_of(hits, approved, rules)
    chance = sum(item.hits_by_chance for item in chosen) / approved if approved else None
    return Agreement(
        finding=_agreement_finding(hits, approved, share is None),
        share=share,
        by_chance=chance if share else None,
        items=len(chosen),
        left_out=len(items) - len(chosen),
        months=monthly(((item.month, item.hits, item.approved) for item in chosen), rules),
    )


def _agreement_finding(hits: int, approved: int, is_hidden: bool) -> Sentence:
    if not approved:
        return Sentence(N_("The commission had nothing to choose between in this period"))
    if is_hidden:
        return Sentence(TOO_FEW, {"cases": approved})
    text = N_("Of {approved} approved candidates the engine had put {hits} first, too")
    return Sentence(text, {"approved": approved, "hits": hits})


def monthly(rows: Iterable[tuple[str, int, int]], rules: Rules) -> tuple[MonthShare, ...]:
    """Sums by month, in order; months with too few cases are left out."""
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for month, part, of in rows:
        sums[month][0] += part
        sums[month][1] += of
    found = (MonthShare(month, part, of) for month, (part, of) in sorted(sums.items()))
    return tuple(one for one in found if one.of >= rules.least)


def order(items: Sequence[Item], rules: Rules) -> OrderAgreement:
    """Whether votes went with the rank."""
    pairs = [item.pairs() for item in items]
    same, opposite = sum(one for one, _ in pairs), sum(other for _, other in pairs)
    counted = [one for one in pairs if sum(one)]
    is_hidden = same + opposite < rules.least
    value = None if is_hidden else correlation(same, opposite)
    interval = None
    if value is not None and len(counted) >= rules.least_items:
        interval = correlation_interval(counted, rules.confidence)
    return OrderAgreement(
        finding=_order_finding(same, same + opposite, is_hidden),
        correlation=value,
        low=interval[0] if interval else None,
        high=interval[1] if interval else None,
        same=same,
        pairs=same + opposite,
        items=len(counted),
    )


def _order_finding(same: int, pairs: int, is_hidden: bool) -> Sentence:
    if not pairs:
        return Sentence(N_("No two candidates of one list got different votes in this period"))
    if is_hidden:
        return Sentence(TOO_FEW, {"cases": pairs})
    text = N_("Where votes differ, the higher ranked got more in {same} of {pairs} pairs")
    return Sentence(text, {"same": same, "pairs": pairs})


def against_rank(session: Session, scope: Scope, rules: Rules) -> AgainstRank:
    """How often, and why, somebody was preselected before people who ranked better."""
    rows = queries.list_preselections(session, scope)
    total = sum(count for _, _, count in rows)
    reasons: Counter[str] = Counter()
    for _, reason, count in rows:
        if reason is not None:
            reasons[" ".join(reason.split())] += count
    told = [(reason, count) for reason, count in reasons.most_common() if count >= rules.least]
    passed = sum(reasons.values())
    return AgainstRank(
        finding=_against_finding(passed, total, total < rules.least),
        share=share_of(passed, total, rules),
        months=monthly(((m, 0 if r is None else n, n) for m, r, n in rows), rules),
        reasons=tuple(told),
        other_reasons=passed - sum(count for _, count in told),
    )


def _against_finding(passed: int, total: int, is_hidden: bool) -> Sentence:
    if not total:
        return Sentence(N_("Nobody was preselected in this period"))
    if is_hidden:
        return Sentence(TOO_FEW, {"cases": total})
    if not passed:
        return Sentence(N_("All {total} preselections followed the rank"), {"total": total})
    text = N_("Preselected against the rank: {passed} of {total}")
    return Sentence(text, {"passed": passed, "total": total})
