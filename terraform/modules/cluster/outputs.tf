output "name" {
  description = "Name of the cluster."
  value       = aws_eks_cluster.this.name
}

output "id" {
  description = "The cluster."
  value       = aws_eks_cluster.this.id
}

output "security_group_id" {
  description = "Security group of nodes and pods."
  value       = aws_eks_cluster.this.vpc_config[0].cluster_security_group_id
}

output "node_role" {
  description = "Name of the nodes' role, which pools of nodes name."
  value       = aws_iam_role.node.name
}

output "role_arns" {
  description = "Workload to role."
  value       = { for workload, role in aws_iam_role.workload : workload => role.arn }
}

output "node_group_ids" {
  description = "Name to group of nodes."
  value       = { for name, group in aws_eks_node_group.this : name => group.id }
}
