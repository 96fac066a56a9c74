output "id" {
  description = "The cluster."
  value       = aws_msk_cluster.this.id
}

output "bootstrap" {
  description = "Addresses for clients: those for IAM, or those for clients without an identity where such are allowed."
  value       = var.allow_clients_without_identity ? aws_msk_cluster.this.bootstrap_brokers_tls : aws_msk_cluster.this.bootstrap_brokers_sasl_iam
}

output "bootstrap_iam" {
  description = "Addresses for clients that sign in by IAM."
  value       = aws_msk_cluster.this.bootstrap_brokers_sasl_iam
}

output "security" {
  description = "What clients set as security.protocol: SASL_SSL, or SSL where clients without an identity are allowed."
  value       = var.allow_clients_without_identity ? "SSL" : "SASL_SSL"
}

output "port" {
  description = "Port of bootstrap."
  value       = var.allow_clients_without_identity ? local.tls_port : local.iam_port
}

output "policies" {
  description = "Workload to IAM policy (JSON): what it may do with which topics and groups."
  value       = { for workload, statements in local.statements : workload => jsonencode({ Version = "2012-10-17", Statement = statements }) }
}
