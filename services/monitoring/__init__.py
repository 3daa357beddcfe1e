"""How people abroad are (stage S13): check-ins, the promise ledger, cases, visits, suspensions."""
