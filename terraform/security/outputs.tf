output "findings" {
  description = "What is not as it has to be: address and what is wrong."
  value       = sort(flatten([for what, addresses in local.findings : [for address in addresses : "${address} ${what}"]]))
}

output "looked_at" {
  description = "How many resources were looked at."
  value       = length(local.resources)
}
