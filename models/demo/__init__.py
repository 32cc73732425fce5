"""The demo clinic: the published case and made-up patients, entered like everyone else."""
