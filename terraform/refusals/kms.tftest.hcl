# What modules/kms refuses. A run breaks one rule of each variable that it names, and no other; all else is as above.
# terraform/test makes rules/kms of the module's variables alone: to refuse, nobody has to know what the cloud has.
variables {
  name       = "rookery-test"
  account_id = "123456789012"
  region     = "eu-west-1"
}

run "first" {
  command = plan
  module {
    source = "./rules/kms"
  }
  variables {
    # account_id: an account of eleven digits
    account_id = "12345678901"
    # deletion_window_days: a key that is gone within a day
    deletion_window_days = 1
    # rotation_days: a key that rotates daily
    rotation_days = 1
  }
  expect_failures = [
    var.account_id,
    var.deletion_window_days,
    var.rotation_days,
  ]
}
