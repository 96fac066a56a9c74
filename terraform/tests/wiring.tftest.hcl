# Who may do what, and which settings are made of which values. Answers of the cloud are made up.
mock_provider "aws" {
  source          = "./mocks"
  override_during = plan
}

variables {
  name                      = "rookery-test"
  account_id                = "123456789012"
  region                    = "eu-west-1"
  vpc_id                    = "vpc-0"
  subnet_ids                = { "eu-west-1a" = "subnet-a", "eu-west-1b" = "subnet-b", "eu-west-1c" = "subnet-c" }
  client_security_group_ids = { cluster = "sg-0123456789abcdef0" }
  kms_key_arn               = "arn:aws:kms:eu-west-1:123456789012:key/00000000-0000-4000-8000-000000000000"
  logs_key_arn              = "arn:aws:kms:eu-west-1:123456789012:key/00000000-0000-4000-8000-000000000000"
}

run "everybody_signs_in_to_kafka" {
  command = plan
  module {
    source = "../modules/kafka"
  }
  variables {
    instance_type  = "kafka.m7g.large"
    volume_gib     = 100
    max_volume_gib = 1000
  }
  assert {
    condition     = aws_msk_cluster.this.client_authentication[0].unauthenticated == false && aws_msk_cluster.this.client_authentication[0].sasl[0].scram == true
    error_message = "Somebody is let in who does not sign in."
  }
  assert {
    condition     = output.bootstrap == "b-1.mock:9096,b-2.mock:9096,b-3.mock:9096" && output.security == "SASL_SSL" && [for rule in aws_vpc_security_group_ingress_rule.clients : rule.from_port] == [9096]
    error_message = "bootstrap: ${output.bootstrap}"
  }
  assert {
    condition     = strcontains(aws_msk_configuration.this.server_properties, "min.insync.replicas=2") && strcontains(aws_msk_configuration.this.server_properties, "default.replication.factor=3") && strcontains(aws_msk_configuration.this.server_properties, "auto.create.topics.enable=false") && strcontains(aws_msk_configuration.this.server_properties, "unclean.leader.election.enable=false")
    error_message = "server_properties: ${aws_msk_configuration.this.server_properties}"
  }
}

run "groups_of_nodes" {
  command = plan
  module {
    source = "../modules/cluster"
  }
  variables {
    administrators = { operators = "arn:aws:iam::123456789012:role/operators" }
    compute        = "managed"
    node_groups = {
      gateway   = { instance_types = ["m7g.large"], min = 3, max = 9, dedicated = true }
      functions = { instance_types = ["m7g.large", "m6g.large", "c7g.xlarge"], min = 1, max = 9, spot = true }
    }
    off_peak  = { functions = { from = "0 1 * * *", to = "0 6 * * *", min = 0, max = 3 } }
    workloads = { wallet = { namespace = "rookery", service_account = "wallet", policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}" } }
  }
  assert {
    condition     = aws_eks_cluster.this.vpc_config[0].endpoint_public_access == false && aws_eks_cluster.this.vpc_config[0].endpoint_private_access == true
    error_message = "The API is reached from the internet unasked."
  }
  assert {
    condition     = toset(aws_eks_cluster.this.enabled_cluster_log_types) == toset(["api", "audit", "authenticator", "controllerManager", "scheduler"])
    error_message = "Not all of the control plane's logs are kept."
  }
  assert {
    condition     = aws_eks_node_group.this["gateway"].capacity_type == "ON_DEMAND" && aws_eks_node_group.this["functions"].capacity_type == "SPOT"
    error_message = "Gateways are on demand, functions on spot."
  }
  assert {
    condition     = [for taint in aws_eks_node_group.this["gateway"].taint : taint.value] == ["gateway"] && length(aws_eks_node_group.this["functions"].taint) == 0
    error_message = "Gateways' nodes are for gateways alone."
  }
  assert {
    condition     = aws_autoscaling_schedule.this["functions-quiet"].max_size == 3 && aws_autoscaling_schedule.this["functions-busy"].max_size == 9 && aws_autoscaling_schedule.this["functions-quiet"].autoscaling_group_name == "eks-mock-group"
    error_message = "In the quiet hours there are at most 3 nodes for functions, else 9."
  }
  assert {
    condition = jsondecode(aws_iam_role.workload["wallet"].assume_role_policy).Statement[0].Condition == {
      StringEquals = { "aws:SourceAccount" = "123456789012", "aws:RequestTag/kubernetes-namespace" = "rookery", "aws:RequestTag/kubernetes-service-account" = "wallet" }
      ArnEquals    = { "aws:SourceArn" = "arn:aws:eks:eu-west-1:123456789012:cluster/rookery-test" }
    }
    error_message = "An identity is not bound to one service account of one namespace of this cluster."
  }
}

run "readers_of_postgres" {
  command = plan
  module {
    source = "../modules/postgres"
  }
  variables {
    instance_class  = "db.r7g.large"
    storage_gib     = 100
    max_storage_gib = 1000
    password        = "0123456789abcdef0123456789abcdef"
    writers         = { "1" = {}, "2" = { restored_from = "1", restored_to = "2026-01-31T12:00:00Z" } }
    writer          = "2"
    readers         = { a = { zone = "eu-west-1a" }, b = { zone = "eu-west-1b", instance_class = "db.r7g.xlarge" } }
  }
  assert {
    condition     = alltrue([for reader in aws_db_instance.reader : reader.replicate_source_db == "rookery-test-writer-2"])
    error_message = "Readers do not follow the writer that was restored."
  }
  assert {
    condition     = aws_db_instance.writer["2"].restore_to_point_in_time[0].source_db_instance_identifier == "rookery-test-writer-1" && aws_db_instance.writer["2"].restore_to_point_in_time[0].restore_time == "2026-01-31T12:00:00Z" && length(aws_db_instance.writer["1"].restore_to_point_in_time) == 0
    error_message = "The second writer is not the first at that moment."
  }
  assert {
    condition     = length(aws_route53_record.replica) == 2 && output.replica_url == "jdbc:postgresql://replica.postgres.rookery-test.internal:5432/rookery?sslmode=require"
    error_message = "replica_url: ${output.replica_url}"
  }
  assert {
    condition     = contains([for parameter in aws_db_parameter_group.this.parameter : "${parameter.name}=${parameter.value}"], "rds.force_ssl=1")
    error_message = "PostgreSQL takes connections without TLS."
  }
}

run "no_reader_no_url" {
  command = plan
  module {
    source = "../modules/postgres"
  }
  variables {
    instance_class  = "db.r7g.large"
    storage_gib     = 100
    max_storage_gib = 1000
    password        = "0123456789abcdef0123456789abcdef"
  }
  assert {
    condition     = output.replica_url == "" && output.replica_host == null
    error_message = "replica_url: ${output.replica_url} (expected: empty, and queries go to the writer)."
  }
}

run "secrets_of_the_stores" {
  command = plan
  module {
    source = "../modules/secrets"
  }
  variables {
    secrets                = { postgres-administrator = "x", wallet-postgres = "y" }
    kafka_users            = ["administrator", "wallet"]
    administrator_password = "0123456789abcdef0123456789abcdef"
  }
  assert {
    condition     = output.names == { postgres-administrator = "rookery/postgres-administrator", wallet-postgres = "rookery/wallet-postgres", kafka-administrator = "AmazonMSK_rookery/administrator", kafka-wallet = "AmazonMSK_rookery/wallet" }
    error_message = "names: ${jsonencode(output.names)}"
  }
  assert {
    condition = jsondecode(output.read_policy).Statement[0].Resource == [
      "arn:aws:secretsmanager:eu-west-1:123456789012:secret:AmazonMSK_rookery/wallet-??????",
      "arn:aws:secretsmanager:eu-west-1:123456789012:secret:rookery/wallet-postgres-??????",
    ]
    error_message = "Administrators' passwords are read, or others' are not: ${output.read_policy}"
  }
}
