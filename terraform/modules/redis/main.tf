locals {
  port = 6379
}

resource "aws_security_group" "this" {
  name        = "${var.name}-redis"
  description = "Redis, from those who may connect"
  vpc_id      = var.vpc_id
  tags        = { Name = "${var.name}-redis" }
}

resource "aws_vpc_security_group_ingress_rule" "clients" {
  for_each                     = var.client_security_group_ids
  security_group_id            = aws_security_group.this.id
  referenced_security_group_id = each.value
  description                  = "Redis from ${each.key}"
  from_port                    = local.port
  to_port                      = local.port
  ip_protocol                  = "tcp"
}

resource "aws_elasticache_subnet_group" "this" {
  name        = var.name
  description = "Subnets without a route to the internet"
  subnet_ids  = values(var.subnet_ids)
}

resource "aws_elasticache_parameter_group" "this" {
  name        = "${var.name}-valkey${split(".", var.engine_version)[0]}"
  family      = "valkey${split(".", var.engine_version)[0]}"
  description = "Nothing is dropped unasked"

  # Streams are bounded and keys have an end: a store that is full all the same has to say so, and not to lose answers silently.
  parameter {
    name  = "maxmemory-policy"
    value = "noeviction"
  }

  lifecycle {
    create_before_destroy = true
  }
}

# Made without a password, which would be kept in the state: terraform/deploy sets it, and writes it into the store of secrets.
# Until then nobody signs in: with IAM a user would have to be named in a policy, and none is.
resource "aws_elasticache_user" "this" {
  for_each      = var.users
  user_id       = "${var.name}-${each.key}"
  user_name     = "${var.name}-${each.key}"
  engine        = "valkey"
  access_string = each.value
  authentication_mode {
    type = "iam"
  }

  lifecycle {
    ignore_changes = [authentication_mode]
  }
}

resource "aws_elasticache_user_group" "this" {
  user_group_id = var.name
  engine        = "valkey"
  user_ids      = [for user in aws_elasticache_user.this : user.user_id]
}

resource "aws_cloudwatch_log_group" "this" {
  for_each          = toset(["engine", "slow"])
  name              = "/${var.name}/redis/${each.key}"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.logs_key_arn
}

# One shard: clients speak to one primary, which publishes to all gateways.
resource "aws_elasticache_replication_group" "this" {
  replication_group_id = var.name
  description          = "Players' streams, channels, sessions and presence"

  engine               = "valkey"
  engine_version       = var.engine_version
  node_type            = var.node_type
  parameter_group_name = aws_elasticache_parameter_group.this.name
  port                 = local.port

  num_cache_clusters         = 1 + var.replicas
  automatic_failover_enabled = var.replicas > 0
  multi_az_enabled           = var.replicas > 0
  auto_minor_version_upgrade = true
  apply_immediately          = false
  maintenance_window         = var.maintenance_window

  subnet_group_name  = aws_elasticache_subnet_group.this.name
  security_group_ids = [aws_security_group.this.id]

  at_rest_encryption_enabled = true
  kms_key_id                 = var.kms_key_arn
  transit_encryption_enabled = true
  transit_encryption_mode    = "required"
  user_group_ids             = [aws_elasticache_user_group.this.user_group_id]

  snapshot_retention_limit  = var.snapshot_days
  snapshot_window           = var.snapshot_days == 0 ? null : "02:00-03:00"
  final_snapshot_identifier = var.final_snapshot ? "${var.name}-last" : null

  log_delivery_configuration {
    log_type         = "engine-log"
    log_format       = "json"
    destination_type = "cloudwatch-logs"
    destination      = aws_cloudwatch_log_group.this["engine"].name
  }
  log_delivery_configuration {
    log_type         = "slow-log"
    log_format       = "json"
    destination_type = "cloudwatch-logs"
    destination      = aws_cloudwatch_log_group.this["slow"].name
  }
}
