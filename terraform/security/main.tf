# Looks at every resource of a plan, whichever module it is in and whoever adds it: what is open, what is allowed, what is kept.
locals {
  # Of a file that cannot be read there is nothing: whoever looks at findings looks at how many were looked at, too.
  planned   = try([for change in jsondecode(file(var.plan)).resource_changes : { address = change.address, type = change.type, values = change.change.after } if change.change.after != null], [])
  resources = concat(local.planned, var.resources)
  by_type   = { for resource in local.resources : resource.type => resource... }
  of        = { for type in local.types : type => lookup(local.by_type, type, []) }
  types = [
    "aws_cloudwatch_log_group", "aws_db_instance", "aws_ebs_volume", "aws_ecr_repository", "aws_eks_cluster", "aws_elasticache_replication_group",
    "aws_elasticache_user", "aws_iam_role", "aws_iam_role_policy", "aws_kms_key", "aws_launch_template", "aws_lb", "aws_lb_listener", "aws_msk_cluster",
    "aws_prometheus_workspace", "aws_route", "aws_secretsmanager_secret", "aws_sns_topic", "aws_sns_topic_policy", "aws_subnet", "aws_vpc_security_group_ingress_rule",
  ]

  # What may be open or unbounded, and why. Nothing else may.
  reasons = {
    "Account"             = "A key's policy: the resource is the key itself, and that the account's IAM decides is how a key is given to anybody at all"
    "Logs"                = "A key's policy: the resource is the key itself, for log groups of this account alone"
    "Alerts"              = "A key's policy: the resource is the key itself, for services on behalf of this account alone"
    "module.edge.players" = "Players come from everywhere; the one listener behind it speaks TLS"
  }
  # Policies that name what is not there before it is made, so that a plan does not know them. They are looked at with made-up answers:
  # tests/upgrades.tftest.hcl.
  unseen     = ["module.platform.module.cluster.aws_iam_role_policy.workload[\"metrics\"]", "module.platform.module.cluster.aws_iam_role_policy.workload[\"secrets\"]"]
  everywhere = ["0.0.0.0/0", "::/0"]

  # Policies, wherever they are written.
  policies = concat(
    [for each in local.of["aws_iam_role_policy"] : { address = each.address, key = false, text = each.values.policy } if try(each.values.policy, null) != null],
    [for each in local.of["aws_kms_key"] : { address = each.address, key = true, text = each.values.policy } if try(each.values.policy, null) != null],
    [for each in local.of["aws_sns_topic_policy"] : { address = each.address, key = false, text = each.values.policy } if try(each.values.policy, null) != null],
  )
  statements = flatten([for policy in local.policies : [for statement in jsondecode(policy.text).Statement : {
    address   = policy.address
    key       = policy.key
    sid       = try(statement.Sid, "")
    allows    = statement.Effect == "Allow"
    actions   = flatten([try(statement.Action, [])])
    resources = flatten([try(statement.Resource, [])])
    principal = try(statement.Principal, null)
    bound     = can(statement.Condition)
  }]])
  trusts = flatten([for role in local.of["aws_iam_role"] : [for statement in jsondecode(role.values.assume_role_policy).Statement : {
    address   = role.address
    principal = statement.Principal
    bound     = can(statement.Condition)
  }]])

  findings = {
    "is open to the world" = concat(
      [for each in local.of["aws_vpc_security_group_ingress_rule"] : each.address if contains(local.everywhere, coalesce(try(each.values.cidr_ipv4, null), try(each.values.cidr_ipv6, null), "none")) && !(strcontains(each.address, "module.edge.aws_vpc_security_group_ingress_rule.players") && each.values.from_port == 443 && each.values.to_port == 443)],
      [for each in local.of["aws_subnet"] : each.address if try(each.values.map_public_ip_on_launch, false) == true],
      [for each in local.of["aws_db_instance"] : each.address if try(each.values.publicly_accessible, false) == true],
      [for each in local.of["aws_eks_cluster"] : each.address if try(each.values.vpc_config[0].endpoint_public_access, false) == true && length(setintersection(coalesce(try(each.values.vpc_config[0].public_access_cidrs, null), local.everywhere), local.everywhere)) > 0],
      [for each in local.of["aws_msk_cluster"] : each.address if coalesce(try(each.values.broker_node_group_info[0].connectivity_info[0].public_access[0].type, null), "DISABLED") != "DISABLED"],
      [for each in local.of["aws_lb"] : each.address if each.values.internal != true && !strcontains(each.address, "module.edge.")],
    )
    "has a listener without TLS"   = [for each in local.of["aws_lb_listener"] : each.address if each.values.protocol != "TLS" || !startswith(coalesce(try(each.values.ssl_policy, null), "none"), "ELBSecurityPolicy-TLS13-")]
    "leads stores to the internet" = [for each in local.of["aws_route"] : each.address if strcontains(each.address, "aws_route.data")]
    "allows everything without a reason" = [
      for each in local.statements : "${each.address} ${each.sid}" if each.allows && anytrue([for action in each.actions : action == "*" || endswith(action, ":*")]) && !(each.key && each.sid == "Account" && each.actions == ["kms:*"])
    ]
    "allows it for everything without a reason" = [
      for each in local.statements : "${each.address} ${each.sid}" if each.allows && contains(each.resources, "*") && !(each.key && contains(keys(local.reasons), each.sid) && (each.sid == "Account" || each.bound))
    ]
    "cannot be looked at" = concat(
      [for each in local.of["aws_iam_role_policy"] : each.address if try(each.values.policy, null) == null && !contains(local.unseen, each.address)],
      [for each in local.of["aws_kms_key"] : each.address if try(each.values.policy, null) == null],
    )
    "is given to everybody" = concat(
      [for each in local.statements : "${each.address} ${each.sid}" if each.principal != null && can(regex("\"\\*\"", jsonencode(each.principal)))],
      [for each in local.trusts : each.address if can(regex("\"\\*\"", jsonencode(each.principal)))],
    )
    "is given to pods of any name" = [for each in local.trusts : each.address if strcontains(jsonencode(each.principal), "pods.eks.amazonaws.com") && !each.bound]
    "is not encrypted" = concat(
      [for each in local.of["aws_db_instance"] : each.address if try(each.values.storage_encrypted, false) != true],
      [for each in local.of["aws_elasticache_replication_group"] : each.address if try(tobool(each.values.at_rest_encryption_enabled), false) != true],
      [for each in local.of["aws_eks_cluster"] : each.address if try(contains(each.values.encryption_config[0].resources, "secrets"), false) != true],
      [for each in local.of["aws_ecr_repository"] : each.address if coalesce(try(each.values.encryption_configuration[0].encryption_type, null), "none") != "KMS"],
      [for each in local.of["aws_launch_template"] : each.address if anytrue([for device in try(each.values.block_device_mappings, []) : try(tobool(device.ebs[0].encrypted), false) != true])],
      [for each in local.of["aws_ebs_volume"] : each.address if try(each.values.encrypted, false) != true],
    )
    # Nothing else would be seen in a plan: a key that is not known yet is there, one that is not given is null.
    "has no key of ours" = concat(
      [for type, attribute in { aws_cloudwatch_log_group = "kms_key_id", aws_secretsmanager_secret = "kms_key_id", aws_sns_topic = "kms_master_key_id", aws_prometheus_workspace = "kms_key_arn" } : [
        for each in local.of[type] : each.address if can(each.values[attribute]) && try(each.values[attribute], "") == null
      ]]...
    )
    "speaks without TLS" = concat(
      [for each in local.of["aws_msk_cluster"] : each.address if coalesce(try(each.values.encryption_info[0].encryption_in_transit[0].client_broker, null), "none") != "TLS" || try(each.values.encryption_info[0].encryption_in_transit[0].in_cluster, false) != true],
      [for each in local.of["aws_elasticache_replication_group"] : each.address if try(each.values.transit_encryption_enabled, false) != true || coalesce(try(each.values.transit_encryption_mode, null), "none") != "required"],
    )
    "does not know who signs in" = [for each in local.of["aws_msk_cluster"] : each.address if try(each.values.client_authentication[0].sasl[0].scram, false) != true || try(each.values.client_authentication[0].unauthenticated, false) == true]
    "may do everything in Redis" = [for each in local.of["aws_elasticache_user"] : each.address if !can(regex("~rookery:", each.values.access_string)) || can(regex("\\+@all|~\\*|allkeys|&\\*", each.values.access_string))]
    "may be deleted" = !var.protected ? [] : concat(
      [for each in local.of["aws_db_instance"] : each.address if try(each.values.deletion_protection, false) != true && try(each.values.replicate_source_db, null) == null && !strcontains(each.address, ".reader[")],
      [for each in local.of["aws_db_instance"] : each.address if try(each.values.skip_final_snapshot, false) == true && !strcontains(each.address, ".reader[")],
      [for each in local.of["aws_lb"] : each.address if try(each.values.enable_deletion_protection, false) != true],
      [for each in local.of["aws_ecr_repository"] : each.address if try(each.values.force_delete, false) == true],
      [for each in local.of["aws_secretsmanager_secret"] : each.address if coalesce(try(each.values.recovery_window_in_days, 0), 0) < 7],
      [for each in local.of["aws_kms_key"] : each.address if coalesce(try(each.values.deletion_window_in_days, 0), 0) < 30],
      [for each in local.of["aws_elasticache_replication_group"] : each.address if try(each.values.final_snapshot_identifier, null) == null],
    )
    "is not backed up" = !var.protected ? [] : concat(
      [for each in local.of["aws_db_instance"] : each.address if coalesce(try(each.values.backup_retention_period, 0), 0) < 7 && !strcontains(each.address, ".reader[")],
      [for each in local.of["aws_elasticache_replication_group"] : each.address if coalesce(try(each.values.snapshot_retention_limit, 0), 0) < 1],
    )
    "is in one zone" = !var.protected ? [] : concat(
      [for each in local.of["aws_db_instance"] : each.address if try(each.values.multi_az, false) != true && !strcontains(each.address, ".reader[")],
      [for each in local.of["aws_elasticache_replication_group"] : each.address if try(each.values.multi_az_enabled, false) != true],
      [for each in local.of["aws_msk_cluster"] : each.address if coalesce(try(each.values.number_of_broker_nodes, 0), 0) < 3],
    )
    "may be changed after it was pushed" = [for each in local.of["aws_ecr_repository"] : each.address if coalesce(try(each.values.image_tag_mutability, null), "MUTABLE") != "IMMUTABLE"]
    "lets pods be a node"                = [for each in local.of["aws_launch_template"] : each.address if coalesce(try(each.values.metadata_options[0].http_tokens, null), "optional") != "required" || try(each.values.metadata_options[0].http_put_response_hop_limit, 2) != 1]
    "does not rotate its key"            = [for each in local.of["aws_kms_key"] : each.address if try(each.values.enable_key_rotation, false) != true]
    "keeps logs for ever or not at all"  = [for each in local.of["aws_cloudwatch_log_group"] : each.address if coalesce(try(each.values.retention_in_days, 0), 0) < 7]
  }
}
