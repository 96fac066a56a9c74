# A platform that runs is changed: applied with made-up answers, then planned by the real provider over what was applied, which
# knows what cannot be changed in place. An id that it cannot tell any more is that of a thing that would be replaced.
#
# Made-up answers lack what the provider fills in by itself, so modules say what cannot be changed even where it is the default:
# otherwise it would look like a change here.
mock_provider "aws" {
  source = "./mocks"
}

provider "aws" {
  alias                       = "real"
  region                      = "eu-west-1"
  access_key                  = "offline"
  secret_key                  = "offline"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
  skip_region_validation      = true
}

variables {
  name       = "rookery-test"
  account_id = "123456789012"
  region     = "eu-west-1"
  protected  = false
  network = {
    zones = { "eu-west-1a" = 0, "eu-west-1b" = 1 }
  }
  cluster = {
    administrators = { operators = "arn:aws:iam::123456789012:role/operators" }
  }
  kafka = {
    kafka_version    = "3.8.x"
    zones            = ["eu-west-1a", "eu-west-1b"]
    instance_type    = "kafka.m7g.large"
    brokers_per_zone = 2
    volume_gib       = 100
    max_volume_gib   = 1000
  }
  postgres = {
    instance_class  = "db.r7g.large"
    storage_gib     = 100
    max_storage_gib = 1000
    readers         = { a = { zone = "eu-west-1a" } }
  }
  postgres_password = "0123456789abcdef0123456789abcdef"
  redis             = { node_type = "cache.r7g.large" }
  edge              = { domain = "play.example.com", dns_zone_id = "Z0123456789ABCDEFGHIJ" }
  players           = { jwks_uri = "https://issuer.example.com/jwks.json", origins = ["https://play.example.com"] }
  spending          = { monthly_usd = 1000, anomaly_usd = 50 }
  emails            = ["operators@example.com"]
}

run "before" {
  command = apply
  module {
    source = "../modules/platform"
  }
  # What knative/overlays/production is told is what it asks for: neither less nor more.
  assert {
    condition     = toset([for line in split("\n", output.rookery_env) : split("=", line)[0] if line != ""]) == toset([for line in split("\n", file("../../knative/overlays/production/rookery.env")) : split("=", line)[0] if line != "" && !startswith(line, "#")])
    error_message = "rookery.env: ${join(", ", setunion(setsubtract(toset([for line in split("\n", output.rookery_env) : split("=", line)[0] if line != ""]), toset([for line in split("\n", file("../../knative/overlays/production/rookery.env")) : split("=", line)[0] if line != "" && !startswith(line, "#")])), setsubtract(toset([for line in split("\n", file("../../knative/overlays/production/rookery.env")) : split("=", line)[0] if line != "" && !startswith(line, "#")]), toset([for line in split("\n", output.rookery_env) : split("=", line)[0] if line != ""]))))} (expected: given by the platform and asked for by knative/overlays/production)."
  }
  assert {
    condition     = toset([for line in split("\n", output.cluster_env) : split("=", line)[0] if line != ""]) == toset([for line in split("\n", file("../../knative/overlays/production/cluster.env")) : split("=", line)[0] if line != "" && !startswith(line, "#")])
    error_message = "cluster.env: ${join(", ", setunion(setsubtract(toset([for line in split("\n", output.cluster_env) : split("=", line)[0] if line != ""]), toset([for line in split("\n", file("../../knative/overlays/production/cluster.env")) : split("=", line)[0] if line != "" && !startswith(line, "#")])), setsubtract(toset([for line in split("\n", file("../../knative/overlays/production/cluster.env")) : split("=", line)[0] if line != "" && !startswith(line, "#")]), toset([for line in split("\n", output.cluster_env) : split("=", line)[0] if line != ""]))))} (expected: given by the platform and asked for by knative/overlays/production)."
  }
  assert {
    condition     = !strcontains(output.rookery_env, "\n=") && alltrue([for line in split("\n", trimspace("${output.rookery_env}${output.cluster_env}")) : can(regex("^[A-Z_]+=.+$", line))])
    error_message = "rookery.env, cluster.env: a name without a value (expected: each has one)."
  }
}

# A plan does not know policies that name what is not there yet: here everything has a name.
run "no_workload_may_do_everything" {
  command = plan
  module {
    source = "../security"
  }
  variables {
    resources = [for workload, policy in run.before.policies : { address = workload, type = "aws_iam_role_policy", values = { policy = policy } }]
  }
  assert {
    condition     = length(output.findings) == 0 && output.looked_at == 2
    error_message = "found: ${join(", ", output.findings)} among ${output.looked_at}"
  }
}

run "more_of_everything" {
  command = plan
  module {
    source = "../modules/platform"
  }
  providers = { aws = aws.real }
  plan_options {
    refresh = false
  }
  variables {
    # Its name is before the others'.
    network = {
      zones = { "eu-west-1-lax-1a" = 2, "eu-west-1a" = 0, "eu-west-1b" = 1 }
    }
    kafka = {
      kafka_version    = "3.8.x"
      zones            = ["eu-west-1a", "eu-west-1b"]
      instance_type    = "kafka.m7g.2xlarge"
      brokers_per_zone = 3
      volume_gib       = 400
      max_volume_gib   = 2000
    }
    postgres = {
      instance_class  = "db.r7g.2xlarge"
      storage_gib     = 400
      max_storage_gib = 2000
      readers         = { a = { zone = "eu-west-1a" }, b = { zone = "eu-west-1b" } }
    }
    redis = {
      node_type = "cache.r7g.2xlarge"
      replicas  = 3
    }
    functions = {
      wallet = ["rookery.ledger.seals"]
      rounds = []
      tally  = []
    }
  }
  assert {
    condition     = alltrue([for name, id in run.before.stores : output.stores[name] == id])
    error_message = "replaced: ${join(", ", [for name, id in run.before.stores : name if output.stores[name] != id])} (expected: nothing)."
  }
  assert {
    condition     = alltrue([for zone, id in run.before.nat_gateway_ids : output.nat_gateway_ids[zone] == id])
    error_message = "replaced: a NAT gateway (expected: none)."
  }
}

run "newer_versions_and_another_password" {
  command = plan
  module {
    source = "../modules/platform"
  }
  providers = { aws = aws.real }
  plan_options {
    refresh = false
  }
  variables {
    cluster = {
      administrators     = { operators = "arn:aws:iam::123456789012:role/operators" }
      kubernetes_version = "1.34"
    }
    kafka = {
      kafka_version    = "3.9.x"
      zones            = ["eu-west-1a", "eu-west-1b"]
      instance_type    = "kafka.m7g.large"
      brokers_per_zone = 2
      volume_gib       = 100
      max_volume_gib   = 1000
    }
    postgres = {
      engine_version  = "17.6"
      instance_class  = "db.r7g.large"
      storage_gib     = 100
      max_storage_gib = 1000
      readers         = { a = { zone = "eu-west-1a" } }
    }
    redis = {
      engine_version = "8.3"
      node_type      = "cache.r7g.large"
    }
    postgres_password         = "fedcba9876543210fedcba9876543210"
    postgres_password_version = 2
  }
  assert {
    condition     = alltrue([for name, id in run.before.stores : output.stores[name] == id])
    error_message = "replaced: ${join(", ", [for name, id in run.before.stores : name if output.stores[name] != id])} (expected: nothing)."
  }
}

run "a_newer_major_and_a_restore_beside_it" {
  command = plan
  module {
    source = "../modules/platform"
  }
  providers = { aws = aws.real }
  plan_options {
    refresh = false
  }
  variables {
    postgres = {
      engine_version      = "18.1"
      allow_major_upgrade = true
      instance_class      = "db.r7g.large"
      storage_gib         = 100
      max_storage_gib     = 1000
      readers             = { a = { zone = "eu-west-1a" } }
      writers             = { "1" = {}, "2" = { restored_from = "1", restored_to = "2026-01-31T12:00:00Z" } }
    }
  }
  assert {
    condition     = alltrue([for name, id in run.before.stores : output.stores[name] == id])
    error_message = "replaced: ${join(", ", [for name, id in run.before.stores : name if output.stores[name] != id])} (expected: nothing)."
  }
}

run "one_way_out_for_all_is_one_of_those_before" {
  command = plan
  module {
    source = "../modules/platform"
  }
  providers = { aws = aws.real }
  plan_options {
    refresh = false
  }
  variables {
    network = {
      zones = { "eu-west-1a" = 0, "eu-west-1b" = 1 }
      nat   = "single"
    }
  }
  assert {
    condition     = output.nat_gateway_ids["eu-west-1a"] == run.before.nat_gateway_ids["eu-west-1a"] && length(output.nat_gateway_ids) == 1
    error_message = "replaced: the NAT gateway that stays (expected: it stays)."
  }
  assert {
    condition     = alltrue([for name, id in run.before.stores : output.stores[name] == id])
    error_message = "replaced: ${join(", ", [for name, id in run.before.stores : name if output.stores[name] != id])} (expected: nothing)."
  }
}

# The control: what can only be replaced is seen to be, or none of the above says anything.
run "brokers_in_other_zones_are_another_cluster" {
  command = plan
  module {
    source = "../modules/platform"
  }
  providers = { aws = aws.real }
  plan_options {
    refresh = false
  }
  variables {
    network = {
      zones = { "eu-west-1a" = 0, "eu-west-1b" = 1, "eu-west-1c" = 2 }
    }
    kafka = {
      kafka_version    = "3.8.x"
      zones            = ["eu-west-1a", "eu-west-1b", "eu-west-1c"]
      instance_type    = "kafka.m7g.large"
      brokers_per_zone = 2
      volume_gib       = 100
      max_volume_gib   = 1000
    }
  }
  assert {
    condition     = [for name, id in run.before.stores : name if output.stores[name] != id] == ["kafka"]
    error_message = "replaced: ${join(", ", [for name, id in run.before.stores : name if output.stores[name] != id])} (expected: kafka)."
  }
}
