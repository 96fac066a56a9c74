# What modules/budget refuses. A run breaks one rule of each variable that it names, and no other; all else is as above.
# terraform/test makes rules/budget of the module's variables alone: to refuse, nobody has to know what the cloud has.
variables {
  name        = "rookery-test"
  monthly_usd = 1000
  emails      = ["operators@example.com"]
  anomaly_usd = 50
}

run "first" {
  command = plan
  module {
    source = "./rules/budget"
  }
  variables {
    # monthly_usd: a month for nothing
    monthly_usd = 0
    # warn_at_percent: five warnings
    warn_at_percent = [10, 20, 30, 40, 50]
    # emails: nobody who is told
    emails = ["operators"]
    # anomaly_usd: a day for nothing
    anomaly_usd = 0
  }
  expect_failures = [
    var.monthly_usd,
    var.warn_at_percent,
    var.emails,
    var.anomaly_usd,
  ]
}
