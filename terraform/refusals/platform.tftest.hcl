# What modules/platform refuses. A run breaks one rule of each variable that it names, and no other; all else is as above.
# terraform/test makes rules/platform of the module's variables alone: to refuse, nobody has to know what the cloud has.
variables {
  name       = "rookery-test"
  account_id = "123456789012"
  region     = "eu-west-1"
  network = {
    zones = { "eu-west-1a" = 0, "eu-west-1b" = 1, "eu-west-1c" = 2 }

  }
  cluster           = { administrators = { operators = "arn:aws:iam::123456789012:role/operators" } }
  kafka             = { zones = ["eu-west-1a", "eu-west-1b", "eu-west-1c"], instance_type = "kafka.m7g.large", volume_gib = 100, max_volume_gib = 1000 }
  postgres          = { instance_class = "db.r7g.large", storage_gib = 100, max_storage_gib = 1000, readers = { a = { zone = "eu-west-1a" } } }
  postgres_password = "0123456789abcdef0123456789abcdef"
  redis             = { node_type = "cache.r7g.large" }
  edge              = { domain = "play.example.com", dns_zone_id = "Z0123456789ABCDEFGHIJ" }
  players           = { jwks_uri = "https://issuer.example.com/jwks.json", origins = ["https://play.example.com"] }
  spending          = { monthly_usd = 1000, anomaly_usd = 50 }
  emails            = ["operators@example.com"]
}

run "first" {
  command = plan
  module {
    source = "./rules/platform"
  }
  variables {
    # name: a long name
    name = "rookery-production-in-ireland"
    # account_id: an account of eleven digits
    account_id = "12345678901"
    # protected: protected with one way out
    network = {
      zones = { "eu-west-1a" = 0, "eu-west-1b" = 1, "eu-west-1c" = 2 }
      nat   = "single"
    }
    # busy_hours: busy all day and longer
    busy_hours = { from = "0 6 * * *", hours = 25 }
    # players: keys without tls
    players = { jwks_uri = "http://issuer.example.com/jwks.json", origins = ["https://play.example.com"] }
    # functions: a function named as the gateway
    functions = { gateway = [] }
  }
  expect_failures = [
    var.name,
    var.account_id,
    var.protected,
    var.busy_hours,
    var.players,
    var.functions,
  ]
}

run "second" {
  command = plan
  module {
    source = "./rules/platform"
  }
  variables {
    # protected: protected in two zones
    protected = true
    network   = { zones = { "eu-west-1a" = 0, "eu-west-1b" = 1 } }
    kafka     = { zones = ["eu-west-1a", "eu-west-1b"], instance_type = "kafka.m7g.large", brokers_per_zone = 2, volume_gib = 100, max_volume_gib = 1000 }
    # players: pages from anywhere
    players = { jwks_uri = "https://issuer.example.com/jwks.json", origins = ["*"] }
  }
  expect_failures = [
    var.protected,
    var.players,
  ]
}

run "third" {
  command = plan
  module {
    source = "./rules/platform"
  }
  variables {
    # protected: protected without a standby
    postgres = { instance_class = "db.r7g.large", storage_gib = 100, max_storage_gib = 1000, multi_az = false, readers = { a = { zone = "eu-west-1a" } } }
    # players: traces of more than all
    players = { jwks_uri = "https://issuer.example.com/jwks.json", origins = ["https://play.example.com"], trace_sampling = 2 }
  }
  expect_failures = [
    var.protected,
    var.players,
  ]
}

run "fourth" {
  command = plan
  module {
    source = "./rules/platform"
  }
  variables {
    # protected: protected without snapshots of redis
    redis = { node_type = "cache.r7g.large", snapshot_days = 0 }
  }
  expect_failures = [
    var.protected,
  ]
}

run "fifth" {
  command = plan
  module {
    source = "./rules/platform"
  }
  variables {
    # protected: protected with kafka in two zones
    kafka = { zones = ["eu-west-1a", "eu-west-1b"], instance_type = "kafka.m7g.large", brokers_per_zone = 2, volume_gib = 100, max_volume_gib = 1000 }
  }
  expect_failures = [
    var.protected,
  ]
}

run "sixth" {
  command = plan
  module {
    source = "./rules/platform"
  }
  variables {
    # kafka: kafka in an unknown zone
    protected = false
    kafka     = { zones = ["eu-west-1a", "eu-west-1b", "eu-west-1d"], instance_type = "kafka.m7g.large", volume_gib = 100, max_volume_gib = 1000 }
  }
  expect_failures = [
    var.kafka,
  ]
}
