output "arns" {
  description = "Use to ARN: data, cluster, logs."
  value       = { for use, key in aws_kms_key.this : use => key.arn }
}
