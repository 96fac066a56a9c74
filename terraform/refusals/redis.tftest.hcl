# What modules/redis refuses. A run breaks one rule of each variable that it names, and no other; all else is as above.
# terraform/test makes rules/redis of the module's variables alone: to refuse, nobody has to know what the cloud has.
variables {
  name                      = "rookery-test"
  vpc_id                    = "vpc-0"
  subnet_ids                = { "eu-west-1a" = "subnet-a", "eu-west-1b" = "subnet-b", "eu-west-1c" = "subnet-c" }
  client_security_group_ids = { cluster = "sg-0123456789abcdef0" }
  kms_key_arn               = "arn:aws:kms:eu-west-1:123456789012:key/00000000-0000-4000-8000-000000000000"
  logs_key_arn              = "arn:aws:kms:eu-west-1:123456789012:key/00000000-0000-4000-8000-000000000000"
  node_type                 = "cache.r7g.large"
  users                     = { gateway = "on ~rookery:* &rookery:* +@read" }
}

run "first" {
  command = plan
  module {
    source = "./rules/redis"
  }
  variables {
    # name: a name with two hyphens
    name = "rookery--test"
    # engine_version: a version without search
    engine_version = "8.0"
    # node_type: a type that is none
    node_type = "cache.r7g.small"
    # replicas: six copies
    replicas = 6
    # snapshot_days: snapshots for a year
    snapshot_days = 365
    # users: no users
    users = {}
  }
  expect_failures = [
    var.name,
    var.engine_version,
    var.node_type,
    var.replicas,
    var.snapshot_days,
    var.users,
  ]
}

run "second" {
  command = plan
  module {
    source = "./rules/redis"
  }
  variables {
    # replicas: copies in one zone
    subnet_ids = { "eu-west-1a" = "subnet-a" }
    replicas   = 1
    # users: a user of all keys
    users = { gateway = "on ~* &rookery:* +@read" }
  }
  expect_failures = [
    var.replicas,
    var.users,
  ]
}

run "third" {
  command = plan
  module {
    source = "./rules/redis"
  }
  variables {
    # users: a user without a password
    users = { gateway = "on nopass ~rookery:* +@read" }
  }
  expect_failures = [
    var.users,
  ]
}
