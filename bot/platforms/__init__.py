"""Reply becomes message: one folder a platform, the only place that imports a platform's SDK."""
