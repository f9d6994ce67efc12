"""The Streamlit kit that the lessons share."""
