"""Personal data as the law asks: what is kept why, requests, retention, depersonalisation."""
