"""Appeals on screen: the list, one appeal with its steps, and registering one."""
