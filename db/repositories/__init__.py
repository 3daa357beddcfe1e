"""One module per aggregate: get_, find_, list_, add_; never commits."""
