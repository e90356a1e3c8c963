"""The page: what people see in a browser, and the tools that programs find over MCP."""
