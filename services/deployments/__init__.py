"""The register of people abroad (stage S12): stays, contracts, workplaces, days, extracts."""

from services.deployments.moving import move_deployment
from services.deployments.planning import plan_deployment

__all__ = ["move_deployment", "plan_deployment"]
