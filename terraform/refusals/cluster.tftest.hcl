# What modules/cluster refuses. A run breaks one rule of each variable that it names, and no other; all else is as above.
# terraform/test makes rules/cluster of the module's variables alone: to refuse, nobody has to know what the cloud has.
variables {
  name           = "rookery-test"
  account_id     = "123456789012"
  region         = "eu-west-1"
  subnet_ids     = { "eu-west-1a" = "subnet-a", "eu-west-1b" = "subnet-b", "eu-west-1c" = "subnet-c" }
  kms_key_arn    = "arn:aws:kms:eu-west-1:123456789012:key/00000000-0000-4000-8000-000000000000"
  logs_key_arn   = "arn:aws:kms:eu-west-1:123456789012:key/00000000-0000-4000-8000-000000000000"
  administrators = { operators = "arn:aws:iam::123456789012:role/operators" }
  compute        = "managed"
  node_groups    = { gateway = { instance_types = ["m7g.large"], min = 2, max = 6, dedicated = true }, functions = { instance_types = ["m7g.large", "m6g.large", "c7g.xlarge"], min = 1, max = 9, spot = true } }
  off_peak       = { functions = { from = "0 1 * * *", to = "0 6 * * *", min = 0, max = 3 } }
}

run "first" {
  command = plan
  module {
    source = "./rules/cluster"
  }
  variables {
    # name: a name with capitals
    name = "Rookery"
    # kubernetes_version: a version that is too old
    kubernetes_version = "1.29"
    # subnet_ids: one zone
    subnet_ids = { "eu-west-1a" = "subnet-a" }
    # api_public_cidrs: an api that is open to the world
    api_public_cidrs = ["0.0.0.0/0"]
    # administrators: nobody who administers
    administrators = {}
    # compute: an unknown kind of nodes
    compute     = "fargate"
    node_groups = {}
    off_peak    = {}
    # workloads: a workload without a policy
    workloads = { gateway = { namespace = "rookery", service_account = "gateway", policy = "" } }
  }
  expect_failures = [
    var.name,
    var.kubernetes_version,
    var.subnet_ids,
    var.api_public_cidrs,
    var.administrators,
    var.compute,
    var.workloads,
  ]
}

run "second" {
  command = plan
  module {
    source = "./rules/cluster"
  }
  variables {
    # node_groups: groups of nodes in auto mode
    compute  = "auto"
    off_peak = {}
    # workloads: two workloads of one account
    workloads = { for name in ["a", "b"] : name => { namespace = "rookery", service_account = "gateway", policy = "{\"Statement\":[]}" } }
  }
  expect_failures = [
    var.node_groups,
    var.workloads,
  ]
}

run "third" {
  command = plan
  module {
    source = "./rules/cluster"
  }
  variables {
    # node_groups: a group that is smaller than its minimum
    node_groups = { functions = { instance_types = ["m7g.large"], min = 5, max = 3 } }
  }
  expect_failures = [
    var.node_groups,
  ]
}

run "fourth" {
  command = plan
  module {
    source = "./rules/cluster"
  }
  variables {
    # node_groups: spot of one type
    node_groups = { functions = { instance_types = ["m7g.large"], min = 1, max = 3, spot = true } }
  }
  expect_failures = [
    var.node_groups,
  ]
}

run "fifth" {
  command = plan
  module {
    source = "./rules/cluster"
  }
  variables {
    # node_groups: a type that is none
    node_groups = { functions = { instance_types = ["large"], min = 1, max = 3 } }
  }
  expect_failures = [
    var.node_groups,
  ]
}

run "sixth" {
  command = plan
  module {
    source = "./rules/cluster"
  }
  variables {
    # node_groups: gateways on spot
    node_groups = { functions = { instance_types = ["m7g.large"], min = 1, max = 3 }, gateway = { instance_types = ["m7g.large", "m6g.large", "c7g.large"], min = 1, max = 3, spot = true } }
  }
  expect_failures = [
    var.node_groups,
  ]
}

run "seventh" {
  command = plan
  module {
    source = "./rules/cluster"
  }
  variables {
    # node_groups: a disk of a gibibyte
    node_groups = { functions = { instance_types = ["m7g.large"], min = 1, max = 3, disk_gib = 1 } }
  }
  expect_failures = [
    var.node_groups,
  ]
}

run "eighth" {
  command = plan
  module {
    source = "./rules/cluster"
  }
  variables {
    # off_peak: quiet hours of an unknown group
    off_peak = { others = { from = "0 1 * * *", to = "0 6 * * *", min = 0, max = 0 } }
  }
  expect_failures = [
    var.off_peak,
  ]
}

run "ninth" {
  command = plan
  module {
    source = "./rules/cluster"
  }
  variables {
    # off_peak: quiet hours with more nodes than ever
    off_peak = { functions = { from = "0 1 * * *", to = "0 6 * * *", min = 0, max = 99 } }
  }
  expect_failures = [
    var.off_peak,
  ]
}

run "tenth" {
  command = plan
  module {
    source = "./rules/cluster"
  }
  variables {
    # off_peak: quiet hours without a schedule
    off_peak = { functions = { from = "01:00", to = "0 6 * * *", min = 0, max = 3 } }
  }
  expect_failures = [
    var.off_peak,
  ]
}
