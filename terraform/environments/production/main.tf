# For keeps: three zones, a copy of everything, backups, protection from deletion.
locals {
  name = "rookery-production"
}

module "platform" {
  source     = "../../modules/platform"
  name       = local.name
  account_id = var.account_id
  region     = var.region
  protected  = true

  network = {
    zones               = var.zones
    nat                 = "zonal"
    interface_endpoints = ["ecr.api", "ecr.dkr", "sts", "logs", "secretsmanager"]
    flow_logs           = "ALL"
  }

  cluster = {
    administrators     = var.administrators
    api_public_cidrs   = var.api_public_cidrs
    kubernetes_version = "1.33"
    compute            = "auto"
  }

  # Nodes of gateways are given up from 02:00 to 06:00 UTC alone.
  busy_hours = { from = "0 6 * * *", hours = 20 }

  kafka = {
    zones            = var.kafka_zones
    kafka_version    = "3.9.x"
    instance_type    = "kafka.m7g.large"
    brokers_per_zone = 1
    volume_gib       = 250
    max_volume_gib   = 2000
  }

  postgres = {
    engine_version  = "17.5"
    instance_class  = "db.r7g.large"
    storage_gib     = 100
    max_storage_gib = 2000
    multi_az        = true
    backup_days     = 35
    readers = {
      a = { zone = sort(var.kafka_zones)[0] }
    }
  }

  redis = {
    node_type     = "cache.r7g.large"
    replicas      = 2
    snapshot_days = 7
  }

  edge = {
    domain          = var.domain
    dns_zone_id     = var.dns_zone_id
    certificate_arn = var.certificate_arn
  }

  players                   = var.players
  postgres_password         = var.postgres_password
  postgres_password_version = var.postgres_password_version

  spending           = { monthly_usd = 4000, anomaly_usd = 100 }
  emails             = var.emails
  log_retention_days = 365
}
