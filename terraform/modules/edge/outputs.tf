output "target_group_arn" {
  description = "Where gateways' pods are registered, by a TargetGroupBinding."
  value       = aws_lb_target_group.gateways.arn
}

output "dns_name" {
  description = "Name of the balancer, to which domain has to be led where its names are kept elsewhere."
  value       = aws_lb.this.dns_name
}

output "url" {
  description = "What players connect to."
  value       = "wss://${var.domain}/v1/connect"
}

output "id" {
  description = "The balancer."
  value       = aws_lb.this.id
}
