from hypothesis import HealthCheck, settings

# How long an example takes depends on the machine; what it shows does not.
settings.register_profile("pangloss", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("pangloss")
