locals {
  clients = { cluster = module.cluster.security_group_id }

  # Service accounts that the cloud knows: whoever is not listed here may do nothing in it. Gateways and functions are not: they sign
  # in to the stores as users of these.
  accounts = {
    # Where the release of External Secrets puts itself.
    secrets = { namespace = "default", service_account = "external-secrets" }
    metrics = { namespace = "monitoring", service_account = "prometheus" }
  }

  policies = {
    secrets = module.secrets.read_policy
    metrics = module.telemetry.write_policy
  }

  # Who signs in to Kafka; what each may do there is in terraform/kubernetes/rights.sh.
  kafka_users = setunion(["administrator", "dispatcher", "gateway", "operator"], keys(var.functions))

  # Functions append to players' streams and publish; gateways keep sessions, presence and rooms as well. None may do what an
  # administrator does, and none sees keys or channels of others. Scripts ask with info how the server is, Redis OM which modules
  # there are.
  rights = "on ~rookery:* &rookery:* +@connection +@read +@write +@pubsub +@scripting +@transaction +time -@dangerous +info"
  users = merge(
    { for function in keys(var.functions) : function => local.rights },
    { gateway = "${local.rights} +module|list" },
  )

  secrets = merge(
    { for function in keys(var.functions) : "${function}-postgres" => "Role that ${function} runs with" },
    { for function in keys(var.functions) : "${function}-owner" => "Role that owns the schema of ${function}, for its migrations" },
    { for user in keys(local.users) : "${user}-redis" => "URL of Redis for ${user}, with its user" },
    {
      postgres-administrator = "Password of PostgreSQL's administrator"
      ledger-seal            = "Key that the ledger is sealed with"
    },
  )
}

module "kms" {
  source               = "../kms"
  name                 = var.name
  account_id           = var.account_id
  region               = var.region
  deletion_window_days = var.protected ? 30 : 7
}

module "network" {
  source              = "../network"
  name                = var.name
  account_id          = var.account_id
  region              = var.region
  cidr                = var.network.cidr
  zones               = var.network.zones
  nat                 = var.network.nat
  nat_zone            = var.network.nat_zone
  interface_endpoints = var.network.interface_endpoints
  flow_logs           = var.network.flow_logs
  log_retention_days  = var.log_retention_days
  logs_key_arn        = module.kms.arns["logs"]
}

module "secrets" {
  source                 = "../secrets"
  account_id             = var.account_id
  region                 = var.region
  kms_key_arn            = module.kms.arns["data"]
  secrets                = local.secrets
  kafka_users            = local.kafka_users
  administrator_password = var.postgres_password
  password_version       = var.postgres_password_version
  recovery_days          = var.protected ? 30 : 0
}

module "cluster" {
  source             = "../cluster"
  name               = var.name
  account_id         = var.account_id
  region             = var.region
  kubernetes_version = var.cluster.kubernetes_version
  extended_support   = var.cluster.extended_support
  subnet_ids         = module.network.private_subnet_ids
  kms_key_arn        = module.kms.arns["cluster"]
  logs_key_arn       = module.kms.arns["logs"]
  administrators     = var.cluster.administrators
  api_public_cidrs   = var.cluster.api_public_cidrs
  compute            = var.cluster.compute
  node_groups        = var.cluster.node_groups
  off_peak           = var.cluster.off_peak
  log_retention_days = var.protected ? 365 : var.log_retention_days
  workloads          = { for name, account in local.accounts : name => merge(account, { policy = local.policies[name] }) }
}

module "kafka" {
  source                    = "../kafka"
  name                      = var.name
  vpc_id                    = module.network.vpc_id
  subnet_ids                = { for zone in var.kafka.zones : zone => module.network.data_subnet_ids[zone] }
  client_security_group_ids = local.clients
  kms_key_arn               = module.kms.arns["data"]
  logs_key_arn              = module.kms.arns["logs"]
  kafka_version             = var.kafka.kafka_version
  instance_type             = var.kafka.instance_type
  brokers_per_zone          = var.kafka.brokers_per_zone
  volume_gib                = var.kafka.volume_gib
  max_volume_gib            = var.kafka.max_volume_gib
  log_retention_days        = var.log_retention_days
}

module "postgres" {
  source                    = "../postgres"
  name                      = var.name
  vpc_id                    = module.network.vpc_id
  subnet_ids                = module.network.data_subnet_ids
  client_security_group_ids = local.clients
  kms_key_arn               = module.kms.arns["data"]
  logs_key_arn              = module.kms.arns["logs"]
  engine_version            = var.postgres.engine_version
  allow_major_upgrade       = var.postgres.allow_major_upgrade
  instance_class            = var.postgres.instance_class
  storage_gib               = var.postgres.storage_gib
  max_storage_gib           = var.postgres.max_storage_gib
  multi_az                  = var.postgres.multi_az
  readers                   = var.postgres.readers
  writers                   = var.postgres.writers
  writer                    = var.postgres.writer
  password                  = var.postgres_password
  # Of the secret, so that the password is in the store before it is in the database: it cannot be lost in between.
  password_version    = module.secrets.password_version
  backup_days         = var.postgres.backup_days
  apply_immediately   = var.postgres.apply_immediately
  deletion_protection = var.protected
  log_retention_days  = var.log_retention_days
}

module "redis" {
  source                    = "../redis"
  name                      = var.name
  vpc_id                    = module.network.vpc_id
  subnet_ids                = module.network.data_subnet_ids
  client_security_group_ids = local.clients
  kms_key_arn               = module.kms.arns["data"]
  logs_key_arn              = module.kms.arns["logs"]
  engine_version            = var.redis.engine_version
  node_type                 = var.redis.node_type
  replicas                  = var.redis.replicas
  snapshot_days             = var.redis.snapshot_days
  final_snapshot            = var.protected
  users                     = local.users
  log_retention_days        = var.log_retention_days
}

module "edge" {
  source                    = "../edge"
  name                      = var.name
  vpc_id                    = module.network.vpc_id
  subnet_ids                = module.network.public_subnet_ids
  gateway_security_group_id = module.cluster.security_group_id
  cluster_name              = var.name
  domain                    = var.edge.domain
  dns_zone_id               = var.edge.dns_zone_id
  certificate_arn           = var.edge.certificate_arn
  players_cidrs             = var.edge.players_cidrs
  deletion_protection       = var.protected
}

module "registry" {
  source      = "../registry"
  images      = setunion(["gateway"], keys(var.functions))
  kms_key_arn = module.kms.arns["cluster"]
  deletable   = !var.protected
}

module "telemetry" {
  source       = "../telemetry"
  name         = var.name
  account_id   = var.account_id
  region       = var.region
  logs_key_arn = module.kms.arns["logs"]
  emails       = var.emails
  postgres_instances = merge(
    { for number, identifier in module.postgres.writer_identifiers : "writer-${number}" => identifier },
    { for name in keys(var.postgres.readers) : "reader-${name}" => "${var.name}-reader-${var.postgres.writer}-${name}" },
  )
  kafka_cluster = var.name
  kafka_brokers = var.kafka.brokers_per_zone * length(var.kafka.zones)
  redis_nodes   = { for number in range(1, var.redis.replicas + 2) : tostring(number) => format("%s-%03d", var.name, number) }
}

module "budget" {
  source      = "../budget"
  name        = var.name
  monthly_usd = var.spending.monthly_usd
  anomaly_usd = var.spending.anomaly_usd
  emails      = var.emails
}
