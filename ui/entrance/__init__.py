"""The ways in: sign-in, its second step, an invitation, an identity provider; and the way out."""
