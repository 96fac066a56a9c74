output "urls" {
  description = "Image to repository."
  value       = { for image, repository in aws_ecr_repository.this : image => repository.repository_url }
}

output "ids" {
  description = "Image to the repository's id."
  value       = { for image, repository in aws_ecr_repository.this : image => repository.id }
}
