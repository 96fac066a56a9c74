# The cheapest that works: one NAT gateway, the smallest of everything, no copies; everything goes with terraform destroy.
locals {
  name = "rookery-dev"
}

module "platform" {
  source     = "../../modules/platform"
  name       = local.name
  account_id = var.account_id
  region     = var.region
  protected  = false

  network = {
    zones     = var.zones
    nat       = "single"
    flow_logs = "REJECT"
  }

  cluster = {
    administrators     = var.administrators
    api_public_cidrs   = var.api_public_cidrs
    kubernetes_version = "1.33"
    compute            = "auto"
  }

  # Nodes may go whenever they are not needed.
  busy_hours = { from = "0 12 * * *", hours = 1 }

  kafka = {
    zones            = var.kafka_zones
    kafka_version    = "3.9.x"
    instance_type    = "kafka.t3.small"
    brokers_per_zone = 1
    volume_gib       = 10
    max_volume_gib   = 50
  }

  postgres = {
    engine_version  = "17.5"
    instance_class  = "db.t4g.micro"
    storage_gib     = 20
    max_storage_gib = 50
    multi_az        = false
    backup_days     = 1
  }

  redis = {
    node_type     = "cache.t4g.micro"
    replicas      = 0
    snapshot_days = 0
  }

  edge = {
    domain          = var.domain
    dns_zone_id     = var.dns_zone_id
    certificate_arn = var.certificate_arn
  }

  players                   = var.players
  postgres_password         = var.postgres_password
  postgres_password_version = var.postgres_password_version

  spending           = { monthly_usd = 600, anomaly_usd = 25 }
  emails             = var.emails
  log_retention_days = 14
}
