"""What passes between a signed-in browser and Streamlit, looked at on the way."""
