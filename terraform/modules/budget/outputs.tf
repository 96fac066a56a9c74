output "id" {
  description = "The budget."
  value       = aws_budgets_budget.this.id
}

output "monitor_arn" {
  description = "What looks for unusual spending."
  value       = aws_ce_anomaly_monitor.this.arn
}
