# One mistake of each kind, planted; each is found, by its name, and nothing else is.
run "every_mistake_is_found" {
  command = plan
  variables {
    resources = [
      { address = "a_port_for_everybody", type = "aws_vpc_security_group_ingress_rule", values = { cidr_ipv4 = "0.0.0.0/0", from_port = 5432, to_port = 5432 } },
      { address = "module.edge.aws_vpc_security_group_ingress_rule.players[\"0.0.0.0/0\"]", type = "aws_vpc_security_group_ingress_rule", values = { cidr_ipv4 = "0.0.0.0/0", from_port = 80, to_port = 80 } },
      { address = "module.edge.aws_vpc_security_group_ingress_rule.players[\"the right one\"]", type = "aws_vpc_security_group_ingress_rule", values = { cidr_ipv4 = "0.0.0.0/0", from_port = 443, to_port = 443 } },
      { address = "a_port_for_everybody_by_ipv6", type = "aws_vpc_security_group_ingress_rule", values = { cidr_ipv4 = null, cidr_ipv6 = "::/0", from_port = 443, to_port = 443 } },
      { address = "a_subnet_with_addresses", type = "aws_subnet", values = { map_public_ip_on_launch = true } },
      { address = "an_open_api", type = "aws_eks_cluster", values = { vpc_config = [{ endpoint_public_access = true, public_access_cidrs = ["0.0.0.0/0"] }], encryption_config = [{ resources = ["secrets"] }] } },
      { address = "an_api_that_is_open_by_default", type = "aws_eks_cluster", values = { vpc_config = [{ endpoint_public_access = true, public_access_cidrs = null }], encryption_config = [{ resources = ["secrets"] }] } },
      { address = "secrets_in_clear", type = "aws_eks_cluster", values = { vpc_config = [{ endpoint_public_access = false }], encryption_config = [] } },
      { address = "another_balancer", type = "aws_lb", values = { internal = false, enable_deletion_protection = true } },
      { address = "a_balancer_that_may_go", type = "aws_lb", values = { internal = true, enable_deletion_protection = false } },
      { address = "a_listener_in_clear", type = "aws_lb_listener", values = { protocol = "TCP" } },
      { address = "a_listener_of_old", type = "aws_lb_listener", values = { protocol = "TLS", ssl_policy = "ELBSecurityPolicy-2016-08" } },
      { address = "module.network.aws_route.data", type = "aws_route", values = {} },
      { address = "all_actions", type = "aws_iam_role_policy", values = { policy = "{\"Statement\":[{\"Sid\":\"S\",\"Effect\":\"Allow\",\"Action\":\"s3:*\",\"Resource\":\"arn:aws:s3:::bucket\"}]}" } },
      { address = "all_resources", type = "aws_iam_role_policy", values = { policy = "{\"Statement\":[{\"Sid\":\"Account\",\"Effect\":\"Allow\",\"Action\":[\"s3:GetObject\"],\"Resource\":[\"*\"]}]}" } },
      { address = "a_key_for_all_logs", type = "aws_kms_key", values = { enable_key_rotation = true, deletion_window_in_days = 30, policy = "{\"Statement\":[{\"Sid\":\"Logs\",\"Effect\":\"Allow\",\"Action\":[\"kms:Decrypt\"],\"Resource\":\"*\"}]}" } },
      { address = "a_key_that_stays_the_same", type = "aws_kms_key", values = { enable_key_rotation = false, deletion_window_in_days = 7 } },
      { address = "a_policy_that_nobody_sees", type = "aws_iam_role_policy", values = {} },
      { address = "a_topic_for_everybody", type = "aws_sns_topic_policy", values = { policy = "{\"Statement\":[{\"Sid\":\"P\",\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":[\"sns:Publish\"],\"Resource\":\"arn:aws:sns:eu-west-1:123456789012:t\"}]}" } },
      { address = "a_role_for_everybody", type = "aws_iam_role", values = { assume_role_policy = "{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"*\"},\"Action\":\"sts:AssumeRole\"}]}" } },
      { address = "a_role_for_all_pods", type = "aws_iam_role", values = { assume_role_policy = "{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"pods.eks.amazonaws.com\"},\"Action\":\"sts:AssumeRole\"}]}" } },
      { address = "a_database_in_clear", type = "aws_db_instance", values = { storage_encrypted = false, deletion_protection = true, backup_retention_period = 35, multi_az = true } },
      { address = "a_database_on_the_internet", type = "aws_db_instance", values = { publicly_accessible = true, storage_encrypted = true, deletion_protection = true, backup_retention_period = 35, multi_az = true } },
      { address = "a_database_that_may_go", type = "aws_db_instance", values = { storage_encrypted = true, deletion_protection = false, backup_retention_period = 35, multi_az = true } },
      { address = "a_database_that_leaves_nothing", type = "aws_db_instance", values = { storage_encrypted = true, deletion_protection = true, skip_final_snapshot = true, backup_retention_period = 35, multi_az = true } },
      { address = "a_database_without_backups", type = "aws_db_instance", values = { storage_encrypted = true, deletion_protection = true, backup_retention_period = 1, multi_az = true } },
      { address = "a_database_in_one_zone", type = "aws_db_instance", values = { storage_encrypted = true, deletion_protection = true, backup_retention_period = 35, multi_az = false } },
      { address = "redis_as_it_comes", type = "aws_elasticache_replication_group", values = { at_rest_encryption_enabled = null, transit_encryption_enabled = null, snapshot_retention_limit = 0, multi_az_enabled = null, final_snapshot_identifier = null } },
      { address = "redis_that_also_speaks_in_clear", type = "aws_elasticache_replication_group", values = { at_rest_encryption_enabled = "true", transit_encryption_enabled = true, transit_encryption_mode = "preferred", snapshot_retention_limit = 7, multi_az_enabled = true, final_snapshot_identifier = "last" } },
      { address = "a_user_of_everything", type = "aws_elasticache_user", values = { access_string = "on ~* &* +@all" } },
      { address = "kafka_in_clear", type = "aws_msk_cluster", values = { number_of_broker_nodes = 2, encryption_info = [{ encryption_in_transit = [{ client_broker = "TLS_PLAINTEXT", in_cluster = true }] }], client_authentication = [] } },
      { address = "kafka_on_the_internet", type = "aws_msk_cluster", values = { number_of_broker_nodes = 3, broker_node_group_info = [{ connectivity_info = [{ public_access = [{ type = "SERVICE_PROVIDED_EIPS" }] }] }], encryption_info = [{ encryption_in_transit = [{ client_broker = "TLS", in_cluster = true }] }], client_authentication = [{ sasl = [{ scram = true }] }] } },
      { address = "kafka_for_anybody", type = "aws_msk_cluster", values = { number_of_broker_nodes = 3, encryption_info = [{ encryption_in_transit = [{ client_broker = "TLS", in_cluster = true }] }], client_authentication = [{ unauthenticated = true, sasl = [{ scram = true }] }] } },
      { address = "images_as_they_come", type = "aws_ecr_repository", values = { image_tag_mutability = "MUTABLE", encryption_configuration = [], force_delete = true } },
      { address = "a_node_as_it_comes", type = "aws_launch_template", values = { block_device_mappings = [{ ebs = [{ encrypted = null }] }], metadata_options = [] } },
      { address = "a_disk_in_clear", type = "aws_ebs_volume", values = { encrypted = false } },
      { address = "a_secret_that_is_gone_at_once", type = "aws_secretsmanager_secret", values = { kms_key_id = null, recovery_window_in_days = 0 } },
      { address = "logs_for_ever", type = "aws_cloudwatch_log_group", values = { kms_key_id = null, retention_in_days = 0 } },
      { address = "alerts_in_clear", type = "aws_sns_topic", values = { kms_master_key_id = null } },
      { address = "metrics_in_clear", type = "aws_prometheus_workspace", values = { kms_key_arn = null } },
    ]
  }
  assert {
    condition = output.findings == sort([
      "a_balancer_that_may_go may be deleted",
      "a_database_in_clear is not encrypted",
      "a_database_in_one_zone is in one zone",
      "a_database_on_the_internet is open to the world",
      "a_database_that_leaves_nothing may be deleted",
      "a_database_that_may_go may be deleted",
      "a_database_without_backups is not backed up",
      "a_disk_in_clear is not encrypted",
      "a_key_for_all_logs Logs allows it for everything without a reason",
      "a_key_that_stays_the_same does not rotate its key",
      "a_key_that_stays_the_same may be deleted",
      "a_listener_in_clear has a listener without TLS",
      "a_listener_of_old has a listener without TLS",
      "a_key_that_stays_the_same cannot be looked at",
      "a_node_as_it_comes is not encrypted",
      "a_node_as_it_comes lets pods be a node",
      "a_policy_that_nobody_sees cannot be looked at",
      "a_port_for_everybody is open to the world",
      "a_port_for_everybody_by_ipv6 is open to the world",
      "a_role_for_all_pods is given to pods of any name",
      "a_role_for_everybody is given to everybody",
      "a_secret_that_is_gone_at_once has no key of ours",
      "a_secret_that_is_gone_at_once may be deleted",
      "a_subnet_with_addresses is open to the world",
      "a_topic_for_everybody P is given to everybody",
      "a_user_of_everything may do everything in Redis",
      "alerts_in_clear has no key of ours",
      "all_actions S allows everything without a reason",
      "all_resources Account allows it for everything without a reason",
      "an_api_that_is_open_by_default is open to the world",
      "an_open_api is open to the world",
      "another_balancer is open to the world",
      "images_as_they_come is not encrypted",
      "images_as_they_come may be changed after it was pushed",
      "images_as_they_come may be deleted",
      "kafka_for_anybody does not know who signs in",
      "kafka_in_clear does not know who signs in",
      "kafka_in_clear is in one zone",
      "kafka_in_clear speaks without TLS",
      "kafka_on_the_internet is open to the world",
      "logs_for_ever has no key of ours",
      "logs_for_ever keeps logs for ever or not at all",
      "metrics_in_clear has no key of ours",
      "module.edge.aws_vpc_security_group_ingress_rule.players[\"0.0.0.0/0\"] is open to the world",
      "module.network.aws_route.data leads stores to the internet",
      "redis_as_it_comes is in one zone",
      "redis_as_it_comes is not backed up",
      "redis_as_it_comes is not encrypted",
      "redis_as_it_comes may be deleted",
      "redis_as_it_comes speaks without TLS",
      "redis_that_also_speaks_in_clear speaks without TLS",
      "secrets_in_clear is not encrypted",
    ])
    error_message = "found: ${join("\n", output.findings)}"
  }
}

run "what_is_not_for_keeps_may_go" {
  command = plan
  variables {
    protected = false
    resources = [
      { address = "dev", type = "aws_db_instance", values = { storage_encrypted = true, deletion_protection = false, skip_final_snapshot = true, backup_retention_period = 1, multi_az = false } },
    ]
  }
  assert {
    condition     = length(output.findings) == 0
    error_message = "found: ${join("\n", output.findings)}"
  }
}
