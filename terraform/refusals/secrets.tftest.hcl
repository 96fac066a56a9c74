# What modules/secrets refuses. A run breaks one rule of each variable that it names, and no other; all else is as above.
# terraform/test makes rules/secrets of the module's variables alone: to refuse, nobody has to know what the cloud has.
variables {
  account_id             = "123456789012"
  region                 = "eu-west-1"
  kms_key_arn            = "arn:aws:kms:eu-west-1:123456789012:key/00000000-0000-4000-8000-000000000000"
  secrets                = { postgres-administrator = "x", wallet-postgres = "y" }
  administrator_password = "0123456789abcdef0123456789abcdef"
}

run "first" {
  command = plan
  module {
    source = "./rules/secrets"
  }
  variables {
    # prefix: a prefix with a slash
    prefix = "rookery/"
    # secrets: a secret with capitals
    secrets = { postgres-administrator = "x", Wallet = "y" }
    # kafka_users: a user with a slash
    kafka_users = ["gateway/1"]
    # recovery_days: three days to come back
    recovery_days = 3
  }
  expect_failures = [
    var.prefix,
    var.secrets,
    var.kafka_users,
    var.recovery_days,
  ]
}

run "second" {
  command = plan
  module {
    source = "./rules/secrets"
  }
  variables {
    # secrets: no place for the administrator
    secrets = { wallet-postgres = "y" }
  }
  expect_failures = [
    var.secrets,
  ]
}
