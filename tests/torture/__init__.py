"""What a clinic goes through before it is trusted: kills, spoilt files, full disks, power cuts."""
