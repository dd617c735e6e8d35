"""Which changes to the code the tests notice: mutants of the modules in modules.toml, made by cosmic-ray."""
