output "id" {
  description = "The store."
  value       = aws_elasticache_replication_group.this.id
}

output "host" {
  description = "Name of the primary, whichever node it is."
  value       = aws_elasticache_replication_group.this.primary_endpoint_address
}

output "url" {
  description = "URL without user and password: rediss, host and port."
  value       = "rediss://${aws_elasticache_replication_group.this.primary_endpoint_address}:${local.port}"
}

output "users" {
  description = "Workload to user, whose password terraform/deploy sets."
  value       = { for workload, rights in var.users : workload => "${var.name}-${workload}" }
}
