// Permissions by what they are about: the part of the name before the colon.

export interface PermissionGroup<P> {
  name: string;
  permissions: readonly P[];
}

/** In the order in which the groups first come; within a group as they came. */
export function groupsOf<P extends { readonly name: string }>(permissions: readonly P[]): PermissionGroup<P>[] {
  const groups = new Map<string, P[]>();
  for (const permission of permissions) {
    const group = permission.name.split(':')[0] ?? '';
    const known = groups.get(group);
    if (known) known.push(permission);
    else groups.set(group, [permission]);
  }
  return [...groups].map(([name, members]) => ({ name, permissions: members }));
}
