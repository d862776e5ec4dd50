"""How the installation is: who is alive, how full, how late. Facts for check, readyz and metrics."""
