"""Pages for anybody, without signing in: plain HTML, no script, nothing about a person."""
