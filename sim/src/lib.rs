//! Seeded simulation of the cores.
