import { bodyBytesOf, markerOf, type PlannedGroups, type ProofKind } from './planned-groups.ts';

/** How a request could be sent. */
export interface RouteFacts {
  /** The index of the best route that takes it. */
  best: number;
  /** Of each route. */
  proofs: ProofKind[];
  /** Why the better ones don’t take it. */
  passedOver: { route: string; reason: string; forLeadTime: boolean }[];
}

interface KnownPlan {
  tag: string;
  groups: PlannedGroups;
}

interface KnownGroup {
  content: number;
  facts: RouteFacts;
  /** The finished body, and the marker that it carries. */
  body: Uint8Array;
  marker: string;
}

/**
 * What earlier plans found out about groups, so that choosing other rows of the same source reads no request again. For plans with
 * the same routes, server and omitted fields.
 */
export class PlanMemory {
  private plan: KnownPlan | undefined;
  private facts: RouteFacts[] = [];
  /** Groups by their entry. */
  private groups = new Map<number, number>();

  of(entry: number): KnownGroup | undefined {
    const group = this.groups.get(entry);
    if (!this.plan || group === undefined) return undefined;
    const { groups, tag } = this.plan;
    return {
      content: groups.contents[group]!,
      facts: this.facts[group]!,
      body: bodyBytesOf(groups, group),
      marker: markerOf(tag, group),
    };
  }

  /** Keeps the plan with the most groups. */
  keep(plan: KnownPlan, facts: RouteFacts[]): void {
    if (plan.groups.count <= (this.plan?.groups.count ?? 0)) return;
    this.plan = plan;
    this.facts = facts;
    this.groups = new Map(Array.from(plan.groups.entry, (entry, group) => [entry, group]));
  }
}
