"""Long forms that an officer has begun: kept while typed, offered again, not for long."""
