# What modules/kafka refuses. A run breaks one rule of each variable that it names, and no other; all else is as above.
# terraform/test makes rules/kafka of the module's variables alone: to refuse, nobody has to know what the cloud has.
variables {
  name                      = "rookery-test"
  vpc_id                    = "vpc-0"
  subnet_ids                = { "eu-west-1a" = "subnet-a", "eu-west-1b" = "subnet-b", "eu-west-1c" = "subnet-c" }
  client_security_group_ids = { cluster = "sg-0123456789abcdef0" }
  kms_key_arn               = "arn:aws:kms:eu-west-1:123456789012:key/00000000-0000-4000-8000-000000000000"
  logs_key_arn              = "arn:aws:kms:eu-west-1:123456789012:key/00000000-0000-4000-8000-000000000000"
  instance_type             = "kafka.m7g.large"
  volume_gib                = 100
  max_volume_gib            = 1000
}

run "first" {
  command = plan
  module {
    source = "./rules/kafka"
  }
  variables {
    # name: a name with capitals
    name = "Rookery"
    # subnet_ids: one zone
    subnet_ids       = { "eu-west-1a" = "subnet-a" }
    brokers_per_zone = 3
    # kafka_version: a version that is none
    kafka_version = "3.9"
    # instance_type: a type that is none
    instance_type = "kafka.m7g.medium"
    # volume_gib: no disk
    volume_gib = 0
  }
  expect_failures = [
    var.name,
    var.subnet_ids,
    var.kafka_version,
    var.instance_type,
    var.volume_gib,
  ]
}

run "second" {
  command = plan
  module {
    source = "./rules/kafka"
  }
  variables {
    # brokers_per_zone: half a broker
    brokers_per_zone = 1.5
    # max_volume_gib: a disk that shrinks as it grows
    max_volume_gib = 50
  }
  expect_failures = [
    var.brokers_per_zone,
    var.max_volume_gib,
  ]
}

run "third" {
  command = plan
  module {
    source = "./rules/kafka"
  }
  variables {
    # brokers_per_zone: two brokers
    subnet_ids       = { "eu-west-1a" = "subnet-a", "eu-west-1b" = "subnet-b" }
    brokers_per_zone = 1
  }
  expect_failures = [
    var.brokers_per_zone,
  ]
}
