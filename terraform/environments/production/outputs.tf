output "rookery_env" {
  description = "See modules/platform."
  value       = module.platform.rookery_env
}

output "cluster_env" {
  description = "See modules/platform."
  value       = module.platform.cluster_env
}

output "deploy" {
  description = "What terraform/deploy has to know beside the two files."
  value = {
    cluster_name           = module.platform.cluster_name
    functions              = module.platform.functions
    kafka_arn              = module.platform.kafka_arn
    kafka_functions        = module.platform.kafka_functions
    redis_users            = module.platform.redis_users
    redis_host             = module.platform.redis_host
    postgres_host          = module.platform.postgres_host
    postgres_administrator = module.platform.postgres_administrator
    edge_dns_name          = module.platform.edge_dns_name
    url                    = module.platform.url
  }
}

output "stores" {
  description = "What holds data, by name, with its id."
  value       = module.platform.stores
}
