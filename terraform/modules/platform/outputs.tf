locals {
  # What knative/overlays/production is told; terraform/deploy writes both as files there. Each name is read there, and nothing
  # there is read that is not here: terraform/test looks.
  rookery = {
    ROOKERY_KAFKA_BOOTSTRAP     = module.kafka.bootstrap
    ROOKERY_KAFKA_SECURITY      = module.kafka.security
    ROOKERY_REDIS_URL           = module.redis.url
    ROOKERY_POSTGRES_URL        = module.postgres.primary_url
    ROOKERY_REPLICA_URL         = module.postgres.replica_url
    ROOKERY_MIGRATE             = "never"
    ROOKERY_TOKEN_JWKS_URI      = var.players.jwks_uri
    ROOKERY_ORIGINS             = join(",", var.players.origins)
    ROOKERY_TRACE_SAMPLING      = tostring(var.players.trace_sampling)
    OTEL_EXPORTER_OTLP_ENDPOINT = "http://collector.monitoring.svc:4318"
  }
  cluster = merge(
    {
      STORES_CIDR      = module.network.stores_cidr
      TARGET_GROUP_ARN = module.edge.target_group_arn
      BUSY_FROM        = var.busy_hours.from
      BUSY_FOR         = "${var.busy_hours.hours}h"
      REGION           = var.region
      METRICS_URL      = module.telemetry.remote_write_url
      KAFKA_BOOTSTRAP  = module.kafka.bootstrap
    },
    { for image, url in module.registry.urls : "${upper(image)}_REPOSITORY" => url },
  )
}

output "rookery_env" {
  description = "File rookery.env of knative/overlays/production: addresses of the stores, as gateway and functions are told them."
  value       = join("", [for name, value in local.rookery : "${name}=${value}\n"])
}

output "cluster_env" {
  description = "File cluster.env of knative/overlays/production and of terraform/kubernetes: what manifests have to know of the cloud, in both places."
  value       = join("", [for name, value in local.cluster : "${name}=${value}\n"])
}

output "cluster_name" {
  description = "Name of the Kubernetes cluster."
  value       = module.cluster.name
}

output "functions" {
  description = "Functions that have roles, topics and secrets."
  value       = sort(keys(var.functions))
}

output "kafka_arn" {
  description = "The cluster of Kafka."
  value       = module.kafka.arn
}

output "kafka_functions" {
  description = "Functions as kubernetes/rights.sh is told them."
  value       = join(" ", [for function, more in var.functions : join(":", compact([function, join(",", sort(more))]))])
}

output "redis_users" {
  description = "Workload to user of Redis."
  value       = module.redis.users
}

output "redis_host" {
  description = "Name of the primary of Redis."
  value       = module.redis.host
}

output "postgres_host" {
  description = "Name of the writer of PostgreSQL."
  value       = module.postgres.primary_host
}

output "postgres_administrator" {
  description = "Role of PostgreSQL that makes the others."
  value       = module.postgres.administrator
}

output "edge_dns_name" {
  description = "Name of the balancer, to which the domain has to be led where its names are kept elsewhere."
  value       = module.edge.dns_name
}

output "url" {
  description = "What players connect to."
  value       = module.edge.url
}

# By these an upgrade is seen to leave stores in their place.
output "stores" {
  description = "What holds data, by name, with its id."
  value = merge(
    { kafka = module.kafka.arn, redis = module.redis.id, cluster = module.cluster.id },
    { for number, id in module.postgres.writer_ids : "postgres-writer-${number}" => id },
    { for name, id in module.postgres.reader_ids : "postgres-reader-${name}" => id },
    { for image, id in module.registry.ids : "images-${image}" => id },
  )
}

output "nat_gateway_ids" {
  description = "Zone to NAT gateway."
  value       = module.network.nat_gateway_ids
}

output "policies" {
  description = "Workload to IAM policy (JSON): what it may do in the cloud."
  value       = local.policies
}
