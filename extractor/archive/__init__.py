"""Many files: discovery, one process per file with hard limits, manifest and resume, local pool or Dask."""
