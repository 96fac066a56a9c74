output "arn" {
  description = "The cluster."
  value       = aws_msk_cluster.this.arn
}

output "bootstrap" {
  description = "Addresses for clients, who sign in by SCRAM."
  value       = aws_msk_cluster.this.bootstrap_brokers_sasl_scram
}

output "security" {
  description = "What clients set as security.protocol."
  value       = "SASL_SSL"
}
