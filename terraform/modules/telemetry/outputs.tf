output "workspace_id" {
  description = "Workspace for Prometheus."
  value       = aws_prometheus_workspace.this.id
}

output "remote_write_url" {
  description = "Where Prometheus in the cluster writes to."
  value       = "${aws_prometheus_workspace.this.prometheus_endpoint}api/v1/remote_write"
}

output "write_policy" {
  description = "IAM policy (JSON) of who writes metrics."
  value = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid      = "Write"
      Effect   = "Allow"
      Action   = ["aps:RemoteWrite"]
      Resource = [aws_prometheus_workspace.this.arn]
    }]
  })
}

output "alerts_topic_arn" {
  description = "Topic to which alerts go."
  value       = aws_sns_topic.alerts.arn
}
