locals {
  database = "rookery"
  port     = 5432
  family   = "postgres${split(".", var.engine_version)[0]}"
}

resource "aws_db_subnet_group" "this" {
  name        = var.name
  description = "Subnets without a route to the internet"
  subnet_ids  = values(var.subnet_ids)
}

resource "aws_security_group" "this" {
  name        = "${var.name}-postgres"
  description = "PostgreSQL, from those who may connect"
  vpc_id      = var.vpc_id
  tags        = { Name = "${var.name}-postgres" }
}

resource "aws_vpc_security_group_ingress_rule" "clients" {
  for_each                     = var.client_security_group_ids
  security_group_id            = aws_security_group.this.id
  referenced_security_group_id = each.value
  description                  = "PostgreSQL from ${each.key}"
  from_port                    = local.port
  to_port                      = local.port
  ip_protocol                  = "tcp"
}

# A group of its own for each major version: the old one stays until nobody uses it.
resource "aws_db_parameter_group" "this" {
  name        = "${var.name}-${local.family}"
  family      = local.family
  description = "TLS alone, slow and waiting statements logged"

  parameter {
    name         = "rds.force_ssl"
    value        = "1"
    apply_method = "immediate"
  }
  parameter {
    name         = "log_min_duration_statement"
    value        = "500"
    apply_method = "immediate"
  }
  parameter {
    name         = "log_lock_waits"
    value        = "1"
    apply_method = "immediate"
  }
  # A function that died in a transaction holds nobody's locks for longer.
  parameter {
    name         = "idle_in_transaction_session_timeout"
    value        = "30000"
    apply_method = "immediate"
  }
  # A reader cancels a query rather than falling behind: who waits for what it has seen is served by the writer then.
  parameter {
    name         = "max_standby_streaming_delay"
    value        = "1000"
    apply_method = "immediate"
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_iam_role" "monitoring" {
  name = "${var.name}-postgres-monitoring"
  path = "/"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "monitoring.rds.amazonaws.com" }
    }]
  })
}

resource "aws_iam_role_policy_attachment" "monitoring" {
  role       = aws_iam_role.monitoring.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole"
}

resource "aws_cloudwatch_log_group" "writer" {
  for_each          = var.writers
  name              = "/aws/rds/instance/${var.name}-writer-${each.key}/postgresql"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.logs_key_arn
}

resource "aws_db_instance" "writer" {
  for_each   = var.writers
  identifier = "${var.name}-writer-${each.key}"

  engine                      = "postgres"
  engine_version              = var.engine_version
  allow_major_version_upgrade = var.allow_major_upgrade
  auto_minor_version_upgrade  = false
  apply_immediately           = var.apply_immediately
  instance_class              = var.instance_class
  parameter_group_name        = aws_db_parameter_group.this.name
  ca_cert_identifier          = "rds-ca-rsa2048-g1"

  # What was restored brings its database and its administrator along.
  db_name             = each.value.restored_from == null ? local.database : null
  username            = each.value.restored_from == null ? "rookery_admin" : null
  password_wo         = var.password
  password_wo_version = var.password_version

  iam_database_authentication_enabled = true

  storage_type          = "gp3"
  allocated_storage     = var.storage_gib
  max_allocated_storage = var.max_storage_gib
  storage_encrypted     = true
  kms_key_id            = var.kms_key_arn

  multi_az               = var.multi_az
  db_subnet_group_name   = aws_db_subnet_group.this.name
  vpc_security_group_ids = [aws_security_group.this.id]
  publicly_accessible    = false
  port                   = local.port

  backup_retention_period   = var.backup_days
  backup_window             = var.backup_window
  copy_tags_to_snapshot     = true
  delete_automated_backups  = !var.deletion_protection
  deletion_protection       = var.deletion_protection
  skip_final_snapshot       = !var.deletion_protection
  final_snapshot_identifier = var.deletion_protection ? "${var.name}-writer-${each.key}-last" : null
  maintenance_window        = var.maintenance_window

  monitoring_interval                   = 60
  monitoring_role_arn                   = aws_iam_role.monitoring.arn
  performance_insights_enabled          = true
  performance_insights_kms_key_id       = var.kms_key_arn
  performance_insights_retention_period = 7
  enabled_cloudwatch_logs_exports       = ["postgresql"]

  dynamic "restore_to_point_in_time" {
    for_each = each.value.restored_from == null ? [] : [each.value]
    content {
      source_db_instance_identifier = "${var.name}-writer-${restore_to_point_in_time.value.restored_from}"
      restore_time                  = restore_to_point_in_time.value.restored_to
    }
  }

  depends_on = [aws_cloudwatch_log_group.writer]
}

resource "aws_db_instance" "reader" {
  for_each            = var.readers
  identifier          = "${var.name}-reader-${var.writer}-${each.key}"
  replicate_source_db = aws_db_instance.writer[var.writer].identifier

  auto_minor_version_upgrade  = false
  allow_major_version_upgrade = var.allow_major_upgrade
  apply_immediately           = var.apply_immediately
  instance_class              = coalesce(each.value.instance_class, var.instance_class)
  parameter_group_name        = aws_db_parameter_group.this.name
  ca_cert_identifier          = "rds-ca-rsa2048-g1"

  iam_database_authentication_enabled = true

  storage_type          = "gp3"
  max_allocated_storage = var.max_storage_gib
  storage_encrypted     = true
  kms_key_id            = var.kms_key_arn

  availability_zone      = each.value.zone
  vpc_security_group_ids = [aws_security_group.this.id]
  publicly_accessible    = false
  port                   = local.port

  # A reader holds nothing that the writer does not: it has no backups, and may go.
  backup_retention_period = 0
  skip_final_snapshot     = true
  copy_tags_to_snapshot   = true
  maintenance_window      = var.maintenance_window

  monitoring_interval                   = 60
  monitoring_role_arn                   = aws_iam_role.monitoring.arn
  performance_insights_enabled          = true
  performance_insights_kms_key_id       = var.kms_key_arn
  performance_insights_retention_period = 7
}

# Names that stay when instances come and go: after a restore clients are led to another writer by one change here.
resource "aws_route53_zone" "this" {
  name    = "${var.name}.internal"
  comment = "Addresses of PostgreSQL, inside the network alone"
  vpc {
    vpc_id = var.vpc_id
  }
}

resource "aws_route53_record" "primary" {
  zone_id = aws_route53_zone.this.zone_id
  name    = "primary.postgres.${aws_route53_zone.this.name}"
  type    = "CNAME"
  ttl     = 5
  records = [aws_db_instance.writer[var.writer].address]
}

# One answer for each reader, with equal weight: a function that connects meets any of them.
resource "aws_route53_record" "replica" {
  for_each       = var.readers
  zone_id        = aws_route53_zone.this.zone_id
  name           = "replica.postgres.${aws_route53_zone.this.name}"
  type           = "CNAME"
  ttl            = 5
  set_identifier = each.key
  records        = [aws_db_instance.reader[each.key].address]
  weighted_routing_policy {
    weight = 1
  }
}
