# What modules/postgres refuses. A run breaks one rule of each variable that it names, and no other; all else is as above.
# terraform/test makes rules/postgres of the module's variables alone: to refuse, nobody has to know what the cloud has.
variables {
  name                      = "rookery-test"
  vpc_id                    = "vpc-0"
  subnet_ids                = { "eu-west-1a" = "subnet-a", "eu-west-1b" = "subnet-b", "eu-west-1c" = "subnet-c" }
  client_security_group_ids = { cluster = "sg-0123456789abcdef0" }
  kms_key_arn               = "arn:aws:kms:eu-west-1:123456789012:key/00000000-0000-4000-8000-000000000000"
  logs_key_arn              = "arn:aws:kms:eu-west-1:123456789012:key/00000000-0000-4000-8000-000000000000"
  instance_class            = "db.r7g.large"
  storage_gib               = 100
  max_storage_gib           = 1000
  readers                   = { a = { zone = "eu-west-1a" } }
  password                  = "0123456789abcdef0123456789abcdef"
}

run "first" {
  command = plan
  module {
    source = "./rules/postgres"
  }
  variables {
    # name: a name with two hyphens
    name = "rookery--test"
    # subnet_ids: one zone
    subnet_ids = { "eu-west-1a" = "subnet-a" }
    # engine_version: a version without a minor
    engine_version = "17"
    # instance_class: a class of another kind
    instance_class = "db.x2g.large"
    # storage_gib: a disk that is too small
    storage_gib = 10
    # writers: a writer without a number
    writers = { "1" = {}, "two" = {} }
    # password: a short password
    password = "secret"
    # password_version: a version of a half
    password_version = 1.5
    # backup_days: no backups
    backup_days         = 0
    deletion_protection = false
    # backup_window: backups at an odd time
    backup_window = "at night"
    # maintenance_window: maintenance without a day
    maintenance_window = "03:30-04:30"
  }
  expect_failures = [
    var.name,
    var.subnet_ids,
    var.engine_version,
    var.instance_class,
    var.storage_gib,
    var.writers,
    var.password,
    var.password_version,
    var.backup_days,
    var.backup_window,
    var.maintenance_window,
  ]
}

run "second" {
  command = plan
  module {
    source = "./rules/postgres"
  }
  variables {
    # max_storage_gib: a disk that cannot grow
    max_storage_gib = 105
    # readers: a reader with a hyphen
    readers = { a-b = { zone = "eu-west-1a" } }
    # writers: a restore to no moment
    writers = { "1" = {}, "2" = { restored_from = "1" } }
    # backup_days: one day of backups of what is protected
    backup_days = 1
  }
  expect_failures = [
    var.max_storage_gib,
    var.readers,
    var.writers,
    var.backup_days,
  ]
}

run "third" {
  command = plan
  module {
    source = "./rules/postgres"
  }
  variables {
    # readers: a reader in an unknown zone
    readers = { a = { zone = "eu-west-1d" } }
    # writers: a restore to a day
    writers = { "1" = {}, "2" = { restored_from = "1", restored_to = "2026-01-31" } }
  }
  expect_failures = [
    var.readers,
    var.writers,
  ]
}

run "fourth" {
  command = plan
  module {
    source = "./rules/postgres"
  }
  variables {
    # readers: sixteen readers
    readers = { for n in ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o", "p"] : n => { zone = "eu-west-1a" } }
    # writer: a writer that is not there
    writer = "2"
  }
  expect_failures = [
    var.readers,
    var.writer,
  ]
}
