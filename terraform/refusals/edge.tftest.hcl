# What modules/edge refuses. A run breaks one rule of each variable that it names, and no other; all else is as above.
# terraform/test makes rules/edge of the module's variables alone: to refuse, nobody has to know what the cloud has.
variables {
  cluster_name              = "rookery-test"
  name                      = "rookery-test"
  vpc_id                    = "vpc-0"
  subnet_ids                = { "eu-west-1a" = "subnet-a", "eu-west-1b" = "subnet-b", "eu-west-1c" = "subnet-c" }
  gateway_security_group_id = "sg-0123456789abcdef0"
  domain                    = "play.example.com"
  dns_zone_id               = "Z0123456789ABCDEFGHIJ"
}

run "first" {
  command = plan
  module {
    source = "./rules/edge"
  }
  variables {
    # name: a name with capitals
    name = "Rookery"
    # players_cidrs: players from nowhere
    players_cidrs = []
    # domain: a domain that is a url
    domain = "https://play.example.com"
    # dns_zone_id: a zone that is a name
    dns_zone_id = "example.com"
    # drain_seconds: a drain that is too short
    drain_seconds = 30
  }
  expect_failures = [
    var.name,
    var.players_cidrs,
    var.domain,
    var.dns_zone_id,
    var.drain_seconds,
  ]
}

run "second" {
  command = plan
  module {
    source = "./rules/edge"
  }
  variables {
    # certificate_arn: no certificate and no zone
    dns_zone_id = null
  }
  expect_failures = [
    var.certificate_arn,
  ]
}
