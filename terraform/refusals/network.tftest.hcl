# What modules/network refuses. A run breaks one rule of each variable that it names, and no other; all else is as above.
# terraform/test makes rules/network of the module's variables alone: to refuse, nobody has to know what the cloud has.
variables {
  account_id   = "123456789012"
  name         = "rookery-test"
  region       = "eu-west-1"
  zones        = { "eu-west-1a" = 0, "eu-west-1b" = 1 }
  logs_key_arn = "arn:aws:kms:eu-west-1:123456789012:key/00000000-0000-4000-8000-000000000000"
}

run "first" {
  command = plan
  module {
    source = "./rules/network"
  }
  variables {
    # name: a name with capitals
    name = "Rookery"
    # region: a region that is a zone
    region = "eu-west-1a"
    # cidr: a network that is too small
    cidr = "10.0.0.0/20"
    # nat: an unknown way out
    nat = "two"
    # flow_logs: logs of nothing
    flow_logs = "NONE"
    # log_retention_days: days that are no step
    log_retention_days = 10
  }
  expect_failures = [
    var.name,
    var.region,
    var.cidr,
    var.nat,
    var.flow_logs,
    var.log_retention_days,
  ]
}

run "second" {
  command = plan
  module {
    source = "./rules/network"
  }
  variables {
    # cidr: a network that begins in its middle
    cidr = "10.0.0.1/16"
    # zones: one zone
    zones = { "eu-west-1a" = 0 }
    # interface_endpoints: an endpoint that is free elsewhere
    interface_endpoints = ["s3"]
  }
  expect_failures = [
    var.cidr,
    var.zones,
    var.interface_endpoints,
  ]
}

run "third" {
  command = plan
  module {
    source = "./rules/network"
  }
  variables {
    # zones: two zones with one number
    zones = { "eu-west-1a" = 0, "eu-west-1b" = 0 }
    # interface_endpoints: no way out and no endpoints
    nat                 = "none"
    interface_endpoints = ["sts"]
  }
  expect_failures = [
    var.zones,
    var.interface_endpoints,
  ]
}

run "fourth" {
  command = plan
  module {
    source = "./rules/network"
  }
  variables {
    # zones: a zone of another region
    zones = { "eu-west-1a" = 0, "us-east-1a" = 1 }
  }
  expect_failures = [
    var.zones,
  ]
}

run "fifth" {
  command = plan
  module {
    source = "./rules/network"
  }
  variables {
    # nat_zone: a zone for a gateway that is in all
    nat_zone = "eu-west-1a"
  }
  expect_failures = [
    var.nat_zone,
  ]
}
