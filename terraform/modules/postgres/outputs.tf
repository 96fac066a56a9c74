output "primary_host" {
  description = "Name of the writer, the same before and after a restore."
  value       = "primary.postgres.${var.name}.internal"
  depends_on  = [aws_route53_record.primary]
}

output "replica_host" {
  description = "Name that stands for all readers; null when there is none."
  value       = length(var.readers) == 0 ? null : "replica.postgres.${var.name}.internal"
  depends_on  = [aws_route53_record.replica]
}

output "primary_url" {
  description = "JDBC URL of the writer."
  value       = "jdbc:postgresql://primary.postgres.${var.name}.internal:${local.port}/${local.database}?sslmode=require"
}

output "replica_url" {
  description = "JDBC URL of the readers; empty when there is none, and queries go to the writer."
  value       = length(var.readers) == 0 ? "" : "jdbc:postgresql://replica.postgres.${var.name}.internal:${local.port}/${local.database}?sslmode=require"
}

output "administrator" {
  description = "Role that makes the others."
  value       = "rookery_admin"
}

output "writer_ids" {
  description = "Number to instance."
  value       = { for number, writer in aws_db_instance.writer : number => writer.id }
}

output "writer_identifiers" {
  description = "Number to identifier, as alarms know it."
  value       = { for number, writer in var.writers : number => "${var.name}-writer-${number}" }
}

output "reader_ids" {
  description = "Name to instance."
  value       = { for name, reader in aws_db_instance.reader : name => reader.id }
}
